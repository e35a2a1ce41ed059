import { createPublicClient, http, type Hash, type Hex } from 'viem'
import { readAuctionLogs } from '../../chain/auctionLogs'
import type { ChainConnection } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'
import { openEvmConnection } from '../../chain/evm/connection'
import type { AuctionEvent, AuctionSettled } from '../../chain/events'
import type { GasKind, GasMeter } from './gas'

type Followed = { rpcUrl: string; deployment: Deployment; id: Hex; fromBlock: bigint }

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function readEvents(
  connection: ChainConnection,
  { deployment, id, fromBlock }: Followed,
): Promise<AuctionEvent[]> {
  const { number } = await connection.readBlock('latest')
  return readAuctionLogs(connection, deployment, { id, fromBlock, toBlock: number })
}

/** Polls an auction's events until they hold what is waited for. @throws Error after `timeoutMs`. */
async function waitForEvents<Found>(
  followed: Followed,
  what: string,
  timeoutMs: number,
  find: (events: AuctionEvent[]) => Found | undefined,
): Promise<Found> {
  const connection = openEvmConnection(followed.rpcUrl)
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const found = find(await readEvents(connection, followed))
    if (found !== undefined) return found
    if (Date.now() > deadline)
      throw new Error(`The auction was not ${what} in ${timeoutMs / 1000} s. Does the keeper run?`)
    await sleep(250)
  }
}

export function waitForSettlement(followed: Followed, timeoutMs: number): Promise<AuctionSettled> {
  return waitForEvents(followed, 'settled', timeoutMs, (events) =>
    events.find((event) => event.type === 'AuctionSettled'),
  )
}

/** Waits until every live bid is claimed, the lot handed out or back, and the seller credited. */
export function waitForClaims(
  followed: Followed,
  expected: { bids: number; sold: boolean },
  timeoutMs: number,
): Promise<AuctionEvent[]> {
  return waitForEvents(followed, 'claimed', timeoutMs, (events) => {
    const count = (type: AuctionEvent['type']) => events.filter((event) => event.type === type).length
    const handedOut = expected.sold
      ? count('LotClaimed') === 1 && count('ProceedsClaimed') === 1
      : count('LotReclaimed') === 1
    return count('BidClaimed') === expected.bids && handedOut ? events : undefined
  })
}

const KINDS: Partial<Record<AuctionEvent['type'], GasKind>> = {
  AuctionSettled: 'settle',
  LotClaimed: 'claimLot',
  ProceedsClaimed: 'claimProceeds',
}

function kindOf(event: AuctionEvent): GasKind | undefined {
  if (event.type === 'BidClaimed') return event.payment > 0n ? 'claimWinner' : 'claimLoser'
  return KINDS[event.type]
}

/** Adds what the keeper's transactions used. A transaction counts once, whatever it said. */
export async function meterKeeper(rpcUrl: string, events: readonly AuctionEvent[], meter: GasMeter): Promise<void> {
  const client = createPublicClient({ transport: http(rpcUrl) })
  const kinds = new Map<Hash, GasKind>()
  for (const event of events) {
    const kind = kindOf(event)
    if (kind) kinds.set(event.transactionHash, kind)
  }
  for (const [hash, kind] of kinds) meter.add(kind, (await client.getTransactionReceipt({ hash })).gasUsed)
}

/** Chain time of a block, Unix seconds. */
export async function timeOf(rpcUrl: string, block: bigint): Promise<bigint> {
  return (await openEvmConnection(rpcUrl).readBlock(block)).timestamp
}
