import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { noFilter, withSchemaEngine } from './schemaEngine'

const migrationsDirectory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/**
 * Brings a database to the current schema. Idempotent, and safe to run from several processes at once (the engine takes
 * an advisory lock).
 *
 * @param databaseUrl PostgreSQL connection string.
 * @returns The names of the migrations that were applied now.
 * @throws The engine's error where a migration fails or was edited after it had been applied.
 * @example await migrate('postgresql://postgres@127.0.0.1:5545/subrosa')
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const names = readdirSync(migrationsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.applyMigrations({
      filters: noFilter,
      migrationsList: {
        baseDir: migrationsDirectory,
        lockfile: { path: 'migration_lock.toml', content: read('migration_lock.toml') },
        shadowDbInitScript: '',
        migrationDirectories: names.map((name) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: read(join(name, 'migration.sql')) } },
        })),
      },
    }),
  )
  return appliedMigrationNames
}

function read(path: string): string {
  return readFileSync(join(migrationsDirectory, path), 'utf8')
}
