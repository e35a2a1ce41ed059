import { bytesToHex, type Hex, type WalletClient } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import { KIND } from '../../lib/protocol/constants'
import { SubrosaError } from '../../lib/protocol/errors'
import type { Receipt } from '../../lib/protocol/receipt'
import { browserTools } from '../_attest/browserTools'
import { requireVerifiedKey } from '../_attest/checkSealingKey'
import type { Network } from '../_data/network'
import { randomBytes } from '../_format/bytes'
import { receiptReason } from '../_polkadot/polkadotSecret'
import type { Flow } from '../_transaction/flow'
import { recoverInWorker, sealInWorker } from '../_workers/askSealWorker'
import { browserStorage, keepRecord, traceOf, type SealPlace } from './receiptStore'
import { obtainSecret } from './secrets'

/** What goes into the blob. `price` in ticks, `quantity` in lots. PROTOCOL.md section 4. */
export type SealedTerms = { price: number; quantity: number; flags: number; minFill: number; expiryBatch: number }

/** What is sealed, for whom, and to which key. `kind` and `closesAt` as in PROTOCOL.md section 4. */
export type SealPlan = {
  place: SealPlace
  kind: number
  closesAt: bigint
  keyId: Hex
  sealingKey: Hex
  terms: SealedTerms
  /** Where to look for it on the chain later. */
  fromBlock: bigint
}

/** What every receipt has, whatever was sealed. */
export type SealedFields = Pick<
  Receipt,
  'version' | 'chainId' | 'contract' | 'id' | 'price' | 'quantity' | 'secret' | 'salt' | 'sealed' | 'x' | 'y'
>

type Tools = {
  chain: ChainConnection
  network: Network
  wallet: () => Promise<WalletClient>
  flow: Flow
}

/**
 * Seals a bid or an order in the worker, after every enclave of its key was verified, opens it again, and keeps its
 * receipt. Nothing is sent. PROTOCOL.md sections 4 and 10.
 *
 * @param toReceipt Makes the receipt of what was sealed.
 * @throws SubrosaError, or what the wallet or chain threw.
 */
export async function sealAndKeep(
  { place, kind, closesAt, keyId, sealingKey, terms, fromBlock }: SealPlan,
  toReceipt: (fields: SealedFields) => Receipt,
  { chain, network, wallet, flow }: Tools,
): Promise<{ sealed: Hex; x: bigint; y: bigint }> {
  await requireVerifiedKey(browserTools(chain, network), keyId)
  // Of a wallet that never signs the same way twice, nothing is asked.
  if (receiptReason(place.account) === null)
    flow.asking('Two signatures, which cost nothing: they make the key that reads what you seal here again.')
  const { secret, reproducible } = await obtainSecret(await wallet(), place)

  flow.encrypting()
  const { contract, account: trader, id } = place
  const chainId = BigInt(place.chainId)
  const context = { keyId, chainId, contract, kind, id, closesAt }
  const salt = randomBytes(16)
  const { sealed, x, y } = await sealInWorker({ sealingKey, context, trader, ...terms, secret, salt })
  const again = await recoverInWorker({ secret, sealingKey, context, trader, x, y, sealed })
  if (!again.ok || !isSame(again.bid, terms)) {
    throw new SubrosaError(kind === KIND.market ? 'ORDER_NOT_RECOVERED' : 'BID_NOT_RECOVERED')
  }

  const { price, quantity } = terms
  const hexes = { secret: bytesToHex(secret), salt: bytesToHex(salt) }
  const receipt = toReceipt({ version: 1, chainId, contract, id, price, quantity, ...hexes, sealed, x, y })
  // What the wallet can open again need not lie in the clear for whoever uses this browser next.
  const kept = keepRecord(place, reproducible ? traceOf(receipt) : receipt, browserStorage)
  await flow.saved({ receipt, repeatable: reproducible, kept }, fromBlock)
  return { sealed, x, y }
}

function isSame(a: SealedTerms, b: SealedTerms): boolean {
  const fields = ['price', 'quantity', 'flags', 'minFill', 'expiryBatch'] as const
  return fields.every((field) => a[field] === b[field])
}
