import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { trustOfBuild } from '../config/buildTrust.mjs'

/** What ends up in a build: folders with everything under them, and files. */
export const WEB_SOURCES = [
  ...['app', 'public', 'lib/abi', 'lib/chain', 'lib/config', 'lib/db', 'lib/observe', 'lib/protocol'],
  ...[
    'next.config.js',
    'postcss.config.mjs',
    'proxy.ts',
    'instrumentation.ts',
    'instrumentation-client.ts',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ],
]

/**
 * What a build of the web app is called: a hash of all that it is made of, and of nothing else. So it is the same for every
 * folder of data, and another one as soon as a source changes.
 *
 * @param root The checkout.
 * @param env What the build is made with: what it trusts is in there (lib/config/buildTrust.mjs).
 */
export async function hashWebSources(root: string, env: Record<string, string | undefined>): Promise<string> {
  const files = (await Promise.all(WEB_SOURCES.map((path) => filesUnder(join(root, path))))).flat().sort()
  const hash = createHash('sha256').update(JSON.stringify(trustOfBuild(env)))
  for (const file of files)
    hash
      .update(`${relative(root, file)}\0`)
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined)
  if (!entries) return existsSync(path) ? [path] : []
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
