import { describe, expect, it } from 'vitest'
import { readAnnouncement } from '../../../app/_wallet/discoverWallets'
import { batchStatus, canBatch, sendBatch } from '../../../app/_transaction/batch'
import { pagePolicy } from '../../../lib/config/csp'

const provider = { request: () => Promise.resolve(null) }
const info = { uuid: 'a', name: 'A wallet', icon: 'data:image/png;base64,AA==', rdns: 'com.example' }

describe('an announcement of a wallet', () => {
  it('is read, its name cut to what fits', () => {
    expect(readAnnouncement({ info, provider })).toMatchObject({ uuid: 'a', id: 'com.example', name: 'A wallet' })
    expect(readAnnouncement({ info: { ...info, name: 'x'.repeat(200) }, provider })?.name).toHaveLength(40)
  })

  it.each(['https://tracker.example/icon.png', 'data:text/html,<script>alert(1)</script>', 'javascript:alert(1)'])(
    'shows no picture that is not data: %s',
    (icon) => {
      expect(readAnnouncement({ info: { ...info, icon }, provider })).toMatchObject({ icon: undefined })
    },
  )

  it.each([
    null,
    {},
    { info },
    { info, provider: {} },
    { info: { ...info, name: ' ' }, provider },
    { info: { ...info, rdns: 7 }, provider },
  ])('that is none is passed over', (detail) => {
    expect(readAnnouncement(detail)).toBeNull()
  })
})

const account = `0x${'11'.repeat(20)}` as const
const answering = (answer: unknown) => ({ request: () => Promise.resolve(answer as never) })

describe('a wallet that batches', () => {
  it.each([
    [{ '0x7a69': { atomic: { status: 'supported' } } }, true],
    [{ '0x7a69': { atomic: { status: 'ready' } } }, true],
    [{ '0x7a69': { atomic: { status: 'unsupported' } } }, false],
    [{ '0x1': { atomic: { status: 'supported' } } }, false],
    ['yes', false],
  ])('%o: %s', async (answer, expected) => {
    expect(await canBatch(answering(answer), account, 31337)).toBe(expected)
  })

  it('names what it was asked, as text or in an object; anything else is refused', async () => {
    const request = { account, chainId: 31337, calls: [] }
    expect(await sendBatch(answering('id'), request)).toBe('id')
    expect(await sendBatch(answering({ id: 'id' }), request)).toBe('id')
    await expect(sendBatch(answering({}), request)).rejects.toThrow()
  })

  it('tells when it is done, and when it failed', async () => {
    const transactionHash = `0x${'22'.repeat(32)}`
    const receipt = { transactionHash, blockNumber: '0x10', status: '0x1' }
    expect(await batchStatus(answering({ status: 100 }), 'id')).toBeNull()
    expect(await batchStatus(answering({ status: 200, receipts: [receipt] }), 'id')).toEqual({
      hash: transactionHash,
      block: 16n,
    })
    await expect(batchStatus(answering({ status: 500 }), 'id')).rejects.toThrow()
    const reverted = { status: 200, receipts: [{ ...receipt, status: '0x0' }] }
    await expect(batchStatus(answering(reverted), 'id')).rejects.toThrow()
  })
})

describe('the content security policy', () => {
  it('admits WalletConnect’s relay only where it is configured', () => {
    const options = { nonce: 'n', rpcUrl: 'http://127.0.0.1:8545' }
    expect(pagePolicy(options)).not.toContain('walletconnect')
    expect(pagePolicy({ ...options, walletConnect: true })).toContain(
      "connect-src 'self' http://127.0.0.1:8545 wss://relay.walletconnect.org;",
    )
  })
})
