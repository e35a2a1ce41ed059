import { build } from 'esbuild'
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WEB_SOURCES, hashWebSources } from '../../../lib/dev/webSources'

const LOCAL = { SUBROSA_CHAIN_ID: '31337' }

describe('the name of a build', () => {
  let root = ''
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'subrosa-sources-'))
    await write('app/page.tsx', 'page')
    await write('lib/chain/deep/log.ts', 'log')
    await write('package-lock.json', '{}')
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  it.each<[string, () => Promise<void>]>([
    ['a page changes', () => write('app/page.tsx', 'another')],
    ['something deep below changes', () => write('lib/chain/deep/log.ts', 'another')],
    ['a file is new', () => write('app/new.tsx', '')],
    ['a file has another name', () => rename(join(root, 'app/page.tsx'), join(root, 'app/pages.tsx'))],
    ['a file is gone', () => rm(join(root, 'app/page.tsx'))],
    ['a package changes', () => write('package-lock.json', '{"lockfileVersion":3}')],
    ['Next is told something else', () => write('next.config.js', 'export default {}')],
  ])('is another one where %s', async (_what, change) => {
    const before = await hashWebSources(root, LOCAL)
    await change()
    expect(await hashWebSources(root, LOCAL)).not.toBe(before)
  })

  it('is another one where the build trusts something else, and the same whatever simulator a stack has', async () => {
    const name = await hashWebSources(root, LOCAL)
    expect(await hashWebSources(root, { SUBROSA_CHAIN_ID: '1' })).not.toBe(name)
    expect(await hashWebSources(root, { ...LOCAL, SUBROSA_ATTESTATION_POLICY: '{}' })).not.toBe(name)
    const stack = { SUBROSA_SIMULATOR_ROOT: 'ab', SIMULATOR_ROOT: 'ab', RPC_URL: 'http://a', DATABASE_URL: 'b' }
    expect(await hashWebSources(root, { ...LOCAL, ...stack })).toBe(name)
  })

  it('is the same in another folder, and where only data, tests or other programs change', async () => {
    const name = await hashWebSources(root, LOCAL)
    for (const path of ['.subrosa/deployment.json', 'tests/a.test.ts', 'lib/dev/start.ts', 'lib/enclave/main.ts'])
      await write(path, 'something')
    expect(await hashWebSources(root, LOCAL)).toBe(name)
    const copy = `${root}-copy`
    try {
      await cp(root, copy, { recursive: true })
      expect(await hashWebSources(copy, LOCAL)).toBe(name)
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  })
})

it('is made of everything that the app imports', async () => {
  const { metafile } = await build({
    entryPoints: ['app/**/*.ts', 'app/**/*.tsx', 'proxy.ts', 'instrumentation.ts', 'instrumentation-client.ts'],
    ...{ bundle: true, write: false, metafile: true, outdir: 'unused', format: 'esm', logLevel: 'error' },
    ...{ packages: 'external', platform: 'node', jsx: 'automatic', loader: { '.css': 'empty' } },
  })
  const inputs = Object.keys(metafile.inputs)
  expect(inputs.length).toBeGreaterThan(300)
  const isSource = (path: string) => WEB_SOURCES.some((source) => path === source || path.startsWith(`${source}/`))
  expect(inputs.filter((path) => !isSource(path))).toEqual([])
})
