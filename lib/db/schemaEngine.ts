import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

type Engine = bindings.SchemaEngine

/** What the module exports beside its types: the hooks that a bundler would call for it. */
type Glue = typeof bindings & { __wbg_set_wasm(exports: WebAssembly.Exports): void }

let loaded = false

/**
 * Node has no import of WebAssembly files without a flag, so the engine is instantiated by hand from the file beside
 * its bindings.
 */
function load(): void {
  if (loaded) return
  const resolved = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = new WebAssembly.Module(readFileSync(join(dirname(resolved), 'schema_engine_bg.wasm')))
  const instance = new WebAssembly.Instance(wasm, {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  })
  ;(bindings as Glue).__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  loaded = true
}

/**
 * Runs `use` with Prisma's schema engine, bound to one database. The engine is WebAssembly from npm: the native one
 * would have to be downloaded.
 *
 * @param databaseUrl PostgreSQL connection string.
 */
export async function withSchemaEngine<T>(databaseUrl: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  load()
  // The engine never closes what it opens, and its advisory lock lives as long as the connection: hence our own pool.
  const pool = new pg.Pool({ connectionString: databaseUrl })
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
  const EngineClass = bindings.SchemaEngine as unknown as {
    new: (options: bindings.ConstructorOptions, log: (line: string) => void, adapter: unknown) => Promise<Engine>
  }
  try {
    const engine = await EngineClass.new({ datamodels: undefined }, () => undefined, adapter)
    try {
      return await use(engine)
    } finally {
      engine.free()
    }
  } finally {
    await pool.end()
  }
}

/** Entities outside Prisma's care: none. */
export const noFilter = { externalTables: [], externalEnums: [] }
