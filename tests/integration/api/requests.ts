import { expect } from 'vitest'
import { GET as getAccount } from '../../../app/api/v1/accounts/[address]/route'
import { GET as getBids } from '../../../app/api/v1/auctions/[id]/bids/route'
import { GET as getAuction } from '../../../app/api/v1/auctions/[id]/route'
import { GET as listAuctions } from '../../../app/api/v1/auctions/route'
import { accountResponseSchema } from '../../../app/api/v1/_schemas/account'
import { auctionListResponseSchema, auctionResponseSchema } from '../../../app/api/v1/_schemas/auction'
import { apiErrorSchema } from '../../../app/api/v1/_schemas/apiError'
import { bidListResponseSchema } from '../../../app/api/v1/_schemas/bid'

export const url = (path: string) => new Request(`http://subrosa.test/api/v1/${path}`)
export const at = <Params>(params: Params) => ({ params: Promise.resolve(params) })

export async function read<Output>(
  schema: { parse: (value: unknown) => Output },
  response: Promise<Response>,
): Promise<Output> {
  const answer = await response
  const body: unknown = await answer.json()
  expect(answer.status, JSON.stringify(body)).toBe(200)
  expect(answer.headers.get('content-type')).toMatch('application/json')
  return schema.parse(body)
}

export async function readError(response: Promise<Response>) {
  const answer = await response
  return { status: answer.status, ...apiErrorSchema.parse(await answer.json()).error }
}

export const detail = (id: string) => read(auctionResponseSchema, getAuction(url(`auctions/${id}`), at({ id })))
export const list = (query: string) => read(auctionListResponseSchema, listAuctions(url(`auctions?${query}`)))
export const bidsOf = (id: string, query = '') =>
  read(bidListResponseSchema, getBids(url(`auctions/${id}/bids?${query}`), at({ id })))
export const accountOf = (address: string, query = '') =>
  read(accountResponseSchema, getAccount(url(`accounts/${address}?${query}`), at({ address })))

/** Follows `nextCursor` to the end. @returns The pages, `limit` entries each. */
export async function everyPage<Page extends { nextCursor: string | null }>(
  ask: (query: string) => Promise<Page>,
  limit: number,
): Promise<Page[]> {
  const pages = [await ask(`limit=${limit}`)]
  for (let cursor = pages[0]!.nextCursor; cursor; cursor = pages.at(-1)!.nextCursor)
    pages.push(await ask(`limit=${limit}&cursor=${cursor}`))
  return pages
}
