import { numberToHex } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import type { HubSender } from '../../lib/chain/hub/sender'

/** The longest event that must fit: an enclave's evidence, a quote with its certificates and the attestors' signatures. */
const NEEDED = 5_120
/** More than any runtime is known to allow. */
const MOST = 1 << 18

/** Emits as many zero bytes as its calldata says: PUSH0 CALLDATALOAD PUSH0 LOG0 STOP, behind code that returns it. */
const EMITTER = '0x645f355fa0005f526005601bf3'

/** BatchSettled has 13 words, and 4 for each fill. */
const fillsIn = (bytes: number) => Math.floor((bytes / 32 - 13) / 4)

/**
 * Before anything is deployed: that this runtime lets a contract emit as much at once as ours do. pallet-revive allowed
 * 416 bytes until polkadot-sdk's pull request 10047, and 64 kB since; a longer event ends the call as if out of gas.
 *
 * @returns A line about the limit: how many fills a batch may have, which its settlement emits all at once.
 * @throws Error where it does not.
 */
export async function requireLongEvents(connection: ChainConnection, sender: HubSender): Promise<string> {
  const { address: to } = await sender.instantiate(EMITTER)
  const emits = async (bytes: number) =>
    connection.call({ to, data: numberToHex(bytes, { size: 32 }), method: 'emit' }).then(
      () => true,
      () => false,
    )
  if (!(await emits(0))) throw new Error('A contract that emits an empty event does not run on this chain.')
  let [most, tooMany] = [0, MOST]
  while (tooMany - most > 1) {
    const middle = (most + tooMany) >> 1
    if (await emits(middle)) most = middle
    else tooMany = middle
  }
  const limit = `This runtime lets a contract emit ${most} bytes at once`
  if (most >= NEEDED) return `${limit}: a batch may have ${fillsIn(most)} fills.`
  throw new Error(
    `${limit}; a sealed bid takes 512, a sealed order 480, an enclave's evidence about ${NEEDED}. It is older than ` +
      `polkadot-sdk's pull request 10047: take a specification with a newer one, or --raise-event-limit for a copy of ` +
      `this runtime with a higher limit.`,
  )
}
