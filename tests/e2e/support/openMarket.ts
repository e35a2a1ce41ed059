import { parseEventLogs } from 'viem'
import { hiddenBookAbi } from '../../../lib/abi/hiddenBook'
import type { MarketParams } from '../../../lib/protocol/book/market'
import { createMarketCall } from '../../../lib/chain/calls/book/createMarket'
import { sendAs } from './chainControl'
import type { E2eStack } from './e2eStack'
import { SOON } from './person'

/** Demo grain against demo dollars, in lots of a tenth, prices in steps of a tenth of a dollar a grain. */
const TERMS = {
  tickSize: 10_000n,
  lotSize: 100_000n,
  batchLength: 30,
  feeBps: 10,
  bandBps: 500,
  batchSettleBy: 600,
  challengeWindow: 10,
} as const

/** Opens a market from one of the demo accounts, and waits until it is indexed. @returns its id and its page's path. */
export async function openMarket(
  house: E2eStack,
  position: number,
  terms: Partial<Omit<MarketParams, 'base' | 'quote'>> = {},
): Promise<{ id: `0x${string}`; path: string }> {
  const { deployment } = house.stack
  const { demoBase: base, demoToken: quote } = deployment.contracts
  if (!base || !quote) throw new Error('The deployment has no demo tokens.')
  const { to, data } = createMarketCall(deployment, { ...TERMS, ...terms, base, quote })
  const hash = await sendAs(house, position, { to, data })
  const { logs } = await house.client.waitForTransactionReceipt({ hash })
  const [created] = parseEventLogs({ abi: hiddenBookAbi, logs, eventName: 'MarketCreated' })
  if (!created) throw new Error('No market was created.')
  const { id } = created.args
  await untilListed(`${house.web}/api/v1/markets/${id}`)
  return { id, path: `/book/${id}` }
}

const LOOK_MS = 500

async function untilListed(url: string): Promise<void> {
  for (const deadline = Date.now() + SOON; Date.now() < deadline;) {
    const { ok } = await fetch(url).catch(() => ({ ok: false }))
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new Error('The market is not in the index.')
}
