import { bytesToHex } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import {
  ownerOf,
  parseReceipt,
  serializeReceipt,
  type BidReceipt,
  type OrderReceipt,
} from '../../../lib/protocol/receipt'
import type { SubrosaError } from '../../../lib/protocol/errors'
import { recoverBid } from '../../../lib/protocol/sealing/recover'
import { hexToBytes } from 'viem/utils'
import { alice, context, seal, sealingKey, secret } from './sealingFixture'

async function receiptOf(): Promise<BidReceipt> {
  const { sealed, x, y } = await seal()
  return {
    version: 1,
    chainId: context.chainId,
    contract: context.contract,
    id: context.id,
    bidder: alice,
    price: 120,
    quantity: 1,
    collateral: 2n ** 127n,
    secret: bytesToHex(secret),
    salt: bytesToHex(new Uint8Array(16).fill(3)),
    sealed,
    x,
    y,
  }
}

describe('receipt', () => {
  it('comes back whole from its file, and opens the bid', async () => {
    const receipt = await receiptOf()
    const read = parseReceipt(serializeReceipt(receipt))
    expect(read).toEqual(receipt)
    const { sealed, x, y } = read
    const recovered = recoverBid({
      context,
      trader: ownerOf(read),
      sealed,
      x,
      y,
      secret: hexToBytes(read.secret),
      sealingKey,
    })
    expect(recovered).toMatchObject({ ok: true, bid: { price: 120, quantity: 1 } })
  })

  it.each<[string, unknown]>([
    ['version', 2],
    ['chainId', 31337],
    ['chainId', '0x1'],
    ['contract', '0x12'],
    ['id', '0x12'],
    ['bidder', undefined],
    ['seq', -1],
    ['price', 0],
    ['quantity', 1.5],
    ['collateral', '-1'],
    ['secret', '0x00'],
    ['salt', `0x${'zz'.repeat(16)}`],
    ['sealed', '0x'],
    ['x', (2n ** 256n).toString()],
    ['y', ''],
  ])('names the field at fault: %s = %s', async (field, value) => {
    const json = JSON.parse(serializeReceipt(await receiptOf())) as Record<string, unknown>
    expect(() => parseReceipt(JSON.stringify({ ...json, [field]: value }))).toThrow(
      expect.objectContaining({ code: 'INVALID_RECEIPT', field }) as Error,
    )
  })

  it('of an order comes back whole too, and names the field at fault', async () => {
    const { bidder, collateral: _, ...fields } = await receiptOf()
    const terms = { kind: 'order', keyId: context.keyId, flags: 5, minFill: 2, expiryBatch: 9 } as const
    const receipt: OrderReceipt = { ...fields, trader: bidder, ...terms }
    expect(parseReceipt(serializeReceipt(receipt))).toEqual(receipt)
    for (const [field, value] of Object.entries({ kind: 'bid', trader: undefined, flags: 65_536, keyId: '0x12' })) {
      const text = JSON.stringify({ ...JSON.parse(serializeReceipt(receipt)), [field]: value })
      expect(() => parseReceipt(text)).toThrow(expect.objectContaining({ code: 'INVALID_RECEIPT', field }) as Error)
    }
  })

  it('does not repeat a secret in its complaint', async () => {
    // In single quotes it is no JSON, and the parser shows where: it quotes the beginning of the secret.
    const text = serializeReceipt(await receiptOf()).replace(`"${bytesToHex(secret)}"`, `'${bytesToHex(secret)}'`)
    expect(() => JSON.parse(text) as unknown).toThrow(bytesToHex(secret).slice(0, 6))
    let complaint: unknown
    try {
      parseReceipt(text)
    } catch (error) {
      complaint = error
    }
    const { code, message, cause } = complaint as SubrosaError
    expect([code, message, cause]).toEqual(['INVALID_RECEIPT', 'not JSON', undefined])
  })
})
