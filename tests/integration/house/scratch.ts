import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for a stack. Others may enter it, so that the database, which root runs as another user, can live inside. */
export async function makeScratch(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), `subrosa-${name}-`))
  await chmod(dir, 0o755)
  return dir
}
