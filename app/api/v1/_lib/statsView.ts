import type { ActivityStats } from '../../../../lib/db/activityStats'
import type { StatsWindow } from '../_schemas/stats'
import { toAddress } from './hex'

/** @param since Unix seconds that the counts begin at. */
export function toStatsWindow(since: bigint, { volumes, book, ...counts }: ActivityStats): StatsWindow {
  return {
    since: Number(since),
    ...counts,
    volumes: volumes.map(({ token, paid, sales }) => ({ token: toAddress(token), paid: paid.toString(), sales })),
    book: {
      ...book,
      volumes: book.volumes.map(({ token, paid, fills, batches }) => ({
        ...{ token: toAddress(token), paid: paid.toString(), fills, batches },
      })),
    },
  }
}
