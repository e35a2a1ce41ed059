import type { Queryable } from './client'
import type { Prisma } from './generated/client'

/**
 * Winners of the settlements that stand: those of each auction's newest round. A settlement that was struck down
 * (PROTOCOL.md section 9) stays on record with its winners, who won nothing.
 */
export async function findStandingWinners(db: Queryable, where: Prisma.WinnerWhereInput) {
  const winners = await db.winner.findMany({ where, orderBy: { seq: 'asc' } })
  const rounds = await db.settlement.groupBy({
    by: ['auctionId'],
    where: { auctionId: { in: [...new Set(winners.map(({ auctionId }) => auctionId))] } },
    _max: { round: true },
  })
  const newest = new Map(rounds.map(({ auctionId, _max }) => [auctionId, _max.round]))
  return winners.filter(({ auctionId, round }) => newest.get(auctionId) === round)
}
