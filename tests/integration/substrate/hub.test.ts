import type { ApiPromise } from '@polkadot/api'
import type { KeyringPair } from '@polkadot/keyring/types'
import { Keyring } from '@polkadot/keyring'
import { signatureVerify } from '@polkadot/util-crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnchorNode } from '../../../lib/chain/anchorNode'
import { openAnchorNode } from '../../../lib/chain/substrate/anchorNode'
import { readFinalized } from '../../../lib/chain/substrate/blocks'
import { connectSubstrate } from '../../../lib/chain/substrate/connect'
import { LOCAL_ANCHOR_SEED } from '../../../lib/dev/accounts'
import { localPerson, type KeyKind } from '../../../lib/dev/substrate/people'
import { connectHub } from '../../fixtures/connectHub'
import { startTestHub, type TestHub } from '../../fixtures/hub'
import { until } from '../../fixtures/until'

let hub: TestHub
let api: ApiPromise

beforeAll(async () => {
  hub = await startTestHub()
  api = await connectHub(hub.url)
})

afterAll(async () => {
  await api.disconnect()
  await hub.stop()
})

type Events = { section: string; method: string; data: unknown }[]
const remark = (text: string) => api.tx['system']!['remarkWithEvent']!(text)

async function freeOf(address: string): Promise<bigint> {
  const { data } = (await api.query['system']!['account']!(address)) as unknown as {
    data: { free: { toBigInt(): bigint } }
  }
  return data.free.toBigInt()
}

/** Sends a transaction and follows it to finality. */
function sendFinal(tx: ReturnType<typeof remark>, pair: KeyringPair): Promise<{ hash: string; events: Events }> {
  return new Promise((resolve, reject) => {
    tx.signAndSend(pair, ({ status, events }) => {
      if (!status.isFinalized) return
      const seen = events.map(({ event }) => ({
        section: event.section,
        method: event.method,
        data: event.data.toHuman(),
      }))
      resolve({ hash: status.asFinalized.toHex(), events: seen })
    }).catch(reject)
  })
}

const names = (events: Events) => events.map(({ section, method }) => `${section}.${method}`)

describe('the local Asset Hub', () => {
  it.each<KeyKind>(['sr25519', 'ed25519', 'ecdsa'])('takes a transaction that a %s account signed', async (kind) => {
    const bob = localPerson('//Bob', kind)
    const before = await freeOf(bob.address)
    expect(before).toBeGreaterThan(0n)
    const { partialFee } = await remark('hello').paymentInfo(bob)
    const { hash, events } = await sendFinal(remark('hello'), bob)
    expect(names(events)).toEqual(expect.arrayContaining(['system.Remarked', 'system.ExtrinsicSuccess']))
    expect((await readFinalized(api)).hash).toBe(hash)
    // The fee that was announced, and nothing else; an ecdsa signature is a byte longer than the one it was estimated with.
    const [paid, announced] = [before - (await freeOf(bob.address)), partialFee.toBigInt()]
    if (kind !== 'ecdsa') expect(paid).toBe(announced)
    expect(paid).toBeGreaterThanOrEqual(announced)
    expect(paid).toBeLessThan((announced * 102n) / 100n)
  })

  it('moves money, and names what a pallet refuses', async () => {
    const [alice, eve] = [localPerson('//Alice'), localPerson('//Eve')]
    const before = await freeOf(eve.address)
    const transfer = (amount: bigint) => api.tx['balances']!['transferKeepAlive']!(eve.address, amount)
    const paid = await sendFinal(transfer(5n * 10n ** 12n), alice)
    expect(names(paid.events)).toContain('balances.Transfer')
    expect((await freeOf(eve.address)) - before).toBe(5n * 10n ** 12n)
    const refused = await sendFinal(transfer(10n ** 30n), alice)
    expect(names(refused.events)).toContain('system.ExtrinsicFailed')
    expect((await freeOf(eve.address)) - before).toBe(5n * 10n ** 12n)
  })

  it('refuses a transaction that was changed after it was signed, and an account without money', async () => {
    const signed = await remark('honest').signAsync(localPerson('//Charlie'))
    const raw = signed.toHex()
    const changed = raw.replace(Buffer.from('honest').toString('hex'), Buffer.from('humble').toString('hex'))
    expect(changed).not.toBe(raw)
    await expect(api.rpc.author.submitExtrinsic(changed)).rejects.toThrow(/1010|BadProof/)
    const poor = localPerson('//Nobody')
    await expect(remark('poor').signAndSend(poor)).rejects.toThrow(/1010|Payment/)
    // The one that was signed is as good as ever.
    expect((await api.rpc.author.submitExtrinsic(raw)).toHex()).toBe(signed.hash.toHex())
  })

  it('signs at random with sr25519, and the same each time with ed25519', () => {
    const message = 'the same statement'
    const [sr, ed] = [localPerson('//Dave'), localPerson('//Dave', 'ed25519')]
    expect(sr.sign(message)).not.toEqual(sr.sign(message))
    expect(ed.sign(message)).toEqual(ed.sign(message))
    expect(signatureVerify(message, sr.sign(message), sr.address).isValid).toBe(true)
    expect(signatureVerify('another', sr.sign(message), sr.address).isValid).toBe(false)
  })

  it('goes on after a kill with the blocks that it had, and connections come back by themselves', async () => {
    const { hash } = await sendFinal(remark('kept'), localPerson('//Ferdie'))
    const before = await readFinalized(api)
    await hub.kill()
    await until(() => Promise.resolve(!api.isConnected), 60_000)
    await expect(readFinalized(api)).rejects.toMatchObject({ code: 'RPC_UNAVAILABLE' })
    await hub.start()
    await until(
      () =>
        readFinalized(api).then(
          ({ hash }) => hash === before.hash,
          () => false,
        ),
      120_000,
    )
    expect((await api.rpc.chain.getBlockHash(before.number)).toHex()).toBe(hash)
    const next = await sendFinal(remark('and on'), localPerson('//Ferdie'))
    expect((await api.rpc.chain.getHeader(next.hash)).parentHash.toHex()).toBe(before.hash)
  })

  it('is said not to answer where nobody does', async () => {
    await expect(connectSubstrate('ws://127.0.0.1:9', 1_000)).rejects.toMatchObject({ code: 'RPC_UNAVAILABLE' })
  })
})

describe('an anchor node', () => {
  let node: AnchorNode
  beforeAll(() => (node = openAnchorNode(hub.url, LOCAL_ANCHOR_SEED)))
  afterAll(() => node.close())

  it('signs what the chain takes once, however often it is sent, and finds it again', async () => {
    const final = await node.readFinalized()
    const { nonce, free } = await node.readAccount(final)
    expect(free).toBeGreaterThan(0n)
    const signed = await node.sign('0x1234', nonce, final)
    expect(await node.findInclusion(signed, final)).toBeNull()
    await node.broadcast(signed.raw)
    await until(async () => (await node.readAccount(await node.readFinalized())).nonce === nonce + 1, 60_000)
    await expect(node.broadcast(signed.raw)).rejects.toMatchObject({ code: 'RPC_UNAVAILABLE' })
    const now = await node.readFinalized()
    const found = await node.findInclusion(signed, now)
    expect(found).toMatchObject({ number: final.number + 1n, succeeded: true })
    expect((await node.readAccount(now)).nonce).toBe(nonce + 1)
    const extrinsics = (await api.rpc.chain.getBlock(found!.hash)).block.extrinsics
    expect(extrinsics[found!.index]!.hash.toHex()).toBe(signed.hash)
    const keeper = new Keyring({ type: 'sr25519' }).addFromSeed(Buffer.from(LOCAL_ANCHOR_SEED.slice(2), 'hex'))
    expect(extrinsics[found!.index]!.signer.toHex()).toContain(Buffer.from(keeper.publicKey).toString('hex'))
    expect(signed.lastBlock - signed.firstBlock).toBeGreaterThan(30n)
  })
})
