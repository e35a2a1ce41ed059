import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Helpful } from './install.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Makes lib/db/generated from prisma/schema.prisma, unless it was made from this very schema and Prisma. */
export function prismaGenerate(say) {
  const schemaFile = join(root, 'prisma', 'schema.prisma')
  const stampFile = join(root, 'lib', 'db', 'generated', '.stamp')
  const prismaPackage = createRequire(import.meta.url).resolve('prisma/package.json')
  const { version } = JSON.parse(readFileSync(prismaPackage, 'utf8'))
  const stamp = createHash('sha256').update(version).update(readFileSync(schemaFile)).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say('Generating the database client ...')
  const cli = join(prismaPackage, '..', 'build', 'index.js')
  const result = spawnSync(process.execPath, [cli, 'generate', '--schema', schemaFile], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      // Generating needs no schema engine, but Prisma downloads one unless it is told of a binary: any will do.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  })
  if (result.status !== 0) throw new Helpful(`Generating the database client failed:\n${result.stdout}${result.stderr}`)
  writeFileSync(stampFile, stamp)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prismaGenerate((line) => console.log(line))
