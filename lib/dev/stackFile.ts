import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isRunning } from './processes'

const url = z.string().min(1)

/** What a stack that is up tells others: tests, `replay`, a second `npm start`. Readable by its owner alone, for the
 * database's password. */
export const stackFileSchema = z.object({
  /** The process that supervises the others. */
  supervisor: z.object({ pid: z.number().int(), started: z.string() }),
  urls: z.object({
    rpc: url,
    database: url,
    enclave: url,
    keeper: url,
    indexer: url,
    web: url.optional(),
    hub: url.optional(),
  }),
  deploymentFile: z.string(),
  pids: z.record(z.string(), z.number().int()),
})
export type StackFile = z.output<typeof stackFileSchema>

const pathOf = (dir: string) => join(dir, 'stack.json')

export async function writeStackFile(dir: string, content: StackFile): Promise<void> {
  await writeFile(`${pathOf(dir)}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  await rename(`${pathOf(dir)}.new`, pathOf(dir))
}

/** The stack that runs in `dir`; undefined if none does, whatever an earlier one left written there. */
export async function readRunningStack(dir: string): Promise<StackFile | undefined> {
  try {
    const content = stackFileSchema.parse(JSON.parse(await readFile(pathOf(dir), 'utf8')))
    return isRunning(content.supervisor) ? content : undefined
  } catch {
    return undefined
  }
}
