import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writePidFile } from '../../../lib/dev/processes'
import { findUnusedBuilds } from '../../../lib/dev/buildStore'

it('a build is unused once no living process holds it, and never where it is the one that was asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'subrosa-builds-'))
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  try {
    await mkdir(join(folder, 'current'))
    await mkdir(join(folder, 'abandoned'))
    await writePidFile(join(folder, 'held', 'subrosa-users', `${holder.pid!}.json`), holder.pid!)
    expect(await findUnusedBuilds(folder, 'current')).toEqual([join(folder, 'abandoned')])

    const ended = once(holder, 'exit')
    holder.kill()
    await ended
    expect((await findUnusedBuilds(folder, 'current')).sort()).toEqual([
      join(folder, 'abandoned'),
      join(folder, 'held'),
    ])
    expect(await findUnusedBuilds(join(folder, 'none'), 'current')).toEqual([])
  } finally {
    holder.kill()
    await rm(folder, { recursive: true, force: true })
  }
})
