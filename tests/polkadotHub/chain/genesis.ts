import { readFile } from 'node:fs/promises'
import { runTask } from '@acala-network/chopsticks-core'
import { compactAddLength, compactStripLength, hexToU8a, stringToU8a, u8aToHex, u8aToString } from '@polkadot/util'
import { z } from 'zod'

type Json = { [key: string]: Json | Json[] | string | number | boolean | null }
const json = z.record(z.string(), z.unknown()).transform((value) => value as Json)
const hex = z
  .string()
  .regex(/^0x[0-9a-fA-F]*$/)
  .transform((value) => value as `0x${string}`)

/** A chain specification that names a runtime and what to change in its own default genesis. */
const specSchema = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.record(z.string(), z.unknown()),
  genesis: z.object({ runtimeGenesis: z.object({ code: hex, patch: json }) }),
})
export type HubSpec = z.output<typeof specSchema>

export async function readSpec(file: string): Promise<HubSpec> {
  return specSchema.parse(JSON.parse(await readFile(file, 'utf8')))
}

/** Keys and values of the first block's storage. */
export type RawGenesis = Record<`0x${string}`, `0x${string}`>

const CODE_KEY = '0x3a636f6465'
/** twox128 of `Timestamp` and of `Now`. */
const NOW_KEY = '0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb'

/**
 * The first block's storage, made by the runtime itself (its GenesisBuilder API): its default configuration with the
 * specification's patch, and a clock, without which the first block can fail across a slot's boundary.
 *
 * @param now Unix milliseconds.
 */
export async function buildGenesis(spec: HubSpec, now: number): Promise<RawGenesis> {
  const { code, patch } = spec.genesis.runtimeGenesis
  const preset = hexToU8a((await callRuntime(code, 'GenesisBuilder_get_preset', '0x00')).result)
  if (preset[0] !== 1) throw new Error('The runtime has no default genesis.')
  const [, defaults] = compactStripLength(preset.slice(1))
  const configuration = merge(json.parse(JSON.parse(u8aToString(defaults))), patch)
  const argument = u8aToHex(compactAddLength(stringToU8a(JSON.stringify(configuration))))
  const { result, storageDiff } = await callRuntime(code, 'GenesisBuilder_build_state', argument)
  if (result !== '0x00') throw new Error(`The runtime refuses the genesis: ${result}`)
  const clock = new DataView(new ArrayBuffer(8))
  clock.setBigUint64(0, BigInt(now), true)
  const storage = storageDiff.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))
  const all = [...storage, [CODE_KEY, code] as const, [NOW_KEY, u8aToHex(new Uint8Array(clock.buffer))] as const]
  // The provider walks its keys in the order they come in.
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function callRuntime(wasm: `0x${string}`, method: string, argument: `0x${string}`) {
  const options = { mockSignatureHost: false, allowUnresolvedImports: true, runtimeLogLevel: 0 }
  const nothing = { ...options, wasm, calls: [[method, [argument]] as [string, [`0x${string}`]]] }
  const answer = await runTask(nothing, {
    getStorage: () => Promise.resolve(undefined as never),
    getNextKey: () => Promise.resolve(undefined),
    offchainGetStorage: () => Promise.resolve(undefined as never),
    offchainTimestamp: () => Promise.resolve(0),
    offchainRandomSeed: () => Promise.resolve(`0x${'00'.repeat(32)}` as const),
    offchainSubmitTransaction: () => Promise.resolve(false),
  })
  if (!('Call' in answer)) throw new Error(`${method} failed: ${JSON.stringify(answer).slice(0, 500)}`)
  return answer.Call
}

/** RFC 7396: null takes a member away. */
function merge(base: Json, patch: Json): Json {
  const merged = { ...base }
  for (const [key, value] of Object.entries(patch)) {
    const old = merged[key]
    if (value === null) Reflect.deleteProperty(merged, key)
    else merged[key] = isObject(value) ? merge(isObject(old) ? old : {}, value) : value
  }
  return merged
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
