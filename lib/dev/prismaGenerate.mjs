// Generates lib/db/generated from prisma/schema.prisma, unless it is there already for this schema and this Prisma.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const require = createRequire(import.meta.url)
const schemaFile = join(root, 'prisma/schema.prisma')
const stampFile = join(root, 'lib/db/generated/.stamp')
const prismaPackage = require.resolve('prisma/package.json')
const { version } = JSON.parse(readFileSync(prismaPackage, 'utf8'))
const stamp = createHash('sha256').update(version).update(readFileSync(schemaFile)).digest('hex')

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  const cli = join(prismaPackage, '..', 'build/index.js')
  const { status } = spawnSync(process.execPath, [cli, 'generate', '--schema', schemaFile], {
    cwd: root,
    // Without it the command line downloads a schema engine, which generating does not use.
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
  writeFileSync(stampFile, stamp)
}
