import { OPEN, SHORT, type SeedAuction } from './catalogue'
import type { SeedProgress } from './progress'

export const CATALOGUE: readonly SeedAuction[] = [...OPEN, ...SHORT]

/**
 * What is still to be opened: the catalogue on a new chain; one more auction where everything has closed since, each
 * time another, so that somebody who starts the demonstration always finds a lot to bid on.
 */
export async function planSeeds(
  { done, added }: Pick<SeedProgress, 'done' | 'added'>,
  isAnythingOpen: () => Promise<boolean>,
): Promise<SeedAuction[]> {
  const missing = CATALOGUE.filter(({ key }) => !done.includes(key))
  if (missing.length > 0 || (await isAnythingOpen())) return missing
  const next = OPEN[added % OPEN.length]
  return next ? [{ ...next, key: `${next.key}-${added + 1}` }] : []
}
