import type { ApiPromise } from '@polkadot/api'
import { Keyring } from '@polkadot/keyring'
import { hexToU8a } from '@polkadot/util'
import type { Hash, Hex } from 'viem'
import type { AnchorNode, SignedRemark } from '../anchorNode'
import { SubrosaError } from '../../protocol/errors'
import { readBlockHash, readExtrinsics, readFinalized, readSuccess } from './blocks'
import { asked, connectSubstrate } from './connect'

/** Blocks for which a signed transaction may be included: some minutes. */
const MORTAL_BLOCKS = 64

/**
 * An account on a Substrate chain that writes remarks. Connects when it is first asked something, and again after it
 * could not.
 *
 * @param seed 32 bytes of an sr25519 key.
 */
export function openAnchorNode(url: string, seed: Hex): AnchorNode {
  const pair = new Keyring({ type: 'sr25519' }).addFromSeed(hexToU8a(seed))
  let connecting: Promise<ApiPromise> | undefined

  function connected(): Promise<ApiPromise> {
    connecting ??= connectSubstrate(url).catch((error: unknown) => {
      connecting = undefined
      throw error
    })
    return connecting
  }

  return {
    account: pair.publicKey.reduce<Hex>((hex, byte) => `${hex}${byte.toString(16).padStart(2, '0')}`, '0x'),
    async readAddress() {
      return (await connected()).registry.createType('AccountId', pair.publicKey).toString()
    },
    async readOrigin() {
      return readBlockHash(await connected(), 1n)
    },
    async readFinalized() {
      return readFinalized(await connected())
    },
    async readAccount({ hash }) {
      const api = await connected()
      const account = await asked(async () => (await api.at(hash)).query['system']?.['account']?.(pair.publicKey))
      const { nonce, data } = account as unknown as AccountLike
      return { nonce: nonce.toNumber(), free: data.free.toBigInt() }
    },
    async sign(bytes, nonce, at): Promise<SignedRemark> {
      const api = await connected()
      const remark = api.tx['system']?.['remarkWithEvent']
      if (!remark) throw new SubrosaError('RPC_UNAVAILABLE', { details: 'this chain takes no remarks' })
      const era = api.registry.createType('ExtrinsicEra', { current: Number(at.number), period: MORTAL_BLOCKS })
      const signed = remark(bytes).sign(pair, {
        ...{ blockHash: at.hash, era, nonce, genesisHash: api.genesisHash, runtimeVersion: api.runtimeVersion },
      })
      const lastBlock = BigInt((era as unknown as EraLike).asMortalEra.death(Number(at.number))) - 1n
      return { raw: signed.toHex(), hash: signed.hash.toHex(), nonce, firstBlock: at.number + 1n, lastBlock }
    },
    async broadcast(raw) {
      const api = await connected()
      await asked(() => api.rpc.author.submitExtrinsic(raw))
    },
    async findInclusion({ raw, firstBlock, lastBlock }, finalized) {
      const api = await connected()
      const end = lastBlock < finalized.number ? lastBlock : finalized.number
      for (let number = firstBlock; number <= end; ++number) {
        const hash: Hash = await readBlockHash(api, number)
        const index = (await readExtrinsics(api, hash)).indexOf(raw.toLowerCase() as Hex)
        if (index !== -1) return { number, hash, index, succeeded: await readSuccess(api, hash, index) }
      }
      return null
    },
    async close() {
      await (await connecting?.catch(() => undefined))?.disconnect()
    },
  }
}

type AccountLike = { nonce: { toNumber: () => number }; data: { free: { toBigInt: () => bigint } } }
type EraLike = { asMortalEra: { death: (current: number) => number } }
