import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'

const progressSchema = z.object({
  /** Hash of the deployment's first block: on another chain, everything begins again. */
  chain: z.string(),
  /** Keys of the auctions that were opened. */
  done: z.array(z.string()),
  /** How many were added to later starts that found nothing open. */
  added: z.number().int(),
})
export type SeedProgress = z.output<typeof progressSchema>

/** What was seeded on this chain so far. */
export async function readProgress(file: string, chain: string): Promise<SeedProgress> {
  const fresh: SeedProgress = { chain, done: [], added: 0 }
  try {
    const kept = progressSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    return kept.chain === chain ? kept : fresh
  } catch {
    return fresh
  }
}

export async function writeProgress(file: string, progress: SeedProgress): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(progress))
  await rename(`${file}.new`, file)
}
