import type { Queryable } from './client'

const MOST = 50

/** The tokens that auctions are paid in, those of most auctions first; addresses in lower case. */
export async function listCurrencies(db: Queryable): Promise<string[]> {
  const rows = await db.auction.groupBy({
    by: ['paymentToken'],
    _count: { paymentToken: true },
    orderBy: [{ _count: { paymentToken: 'desc' } }, { paymentToken: 'asc' }],
    take: MOST,
  })
  return rows.map(({ paymentToken }) => paymentToken)
}
