import { p256 } from '@noble/curves/nist.js'
import { bytesToHex, getAddress, hexToBytes, keccak256, numberToHex, toHex, type Address, type Hex } from 'viem'
import { keyAt, type KeyTimes } from '../../lib/protocol/attestation/keyAt'
import { reportDataOf, type RegistryEntry } from '../../lib/protocol/attestation/reportData'

const CHAIN_ID = 31337n
const REGISTRY = getAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3')
/** When the made-up history begins. Unix seconds. */
const START = 1_800_000_000n
const KEYS = 30
const SPANS = 60

/** Numbers that look random and are the same every time. */
function dice(seed: string) {
  let state = keccak256(toHex(seed))
  return (below: number): number => {
    state = keccak256(state)
    return Number(BigInt(state) % BigInt(below))
  }
}

/** A sealing key that exists: the contract checks that it is on its curve. */
const publicKeyOf = (secret: number): Hex =>
  bytesToHex(p256.getPublicKey(hexToBytes(numberToHex(secret, { size: 32 })), false))

const addressOf = (name: string): Address => getAddress(`0x${keccak256(toHex(name)).slice(-40)}`)

function reports() {
  const max = 2n ** 64n - 1n
  const cases: [string, bigint, bigint, bigint][] = [
    ['usual', 230n, 1_788_480_000n, 1_835_136_000n],
    ['least', 0n, 0n, 1n],
    ['greatest', max, max - 1n, max],
  ]
  return cases.map(([name, epoch, notBefore, notAfter], index) => {
    const entry: RegistryEntry = {
      ...{ chainId: CHAIN_ID, registry: REGISTRY, signer: addressOf(`signer ${name}`) },
      ...{ operator: addressOf(`operator ${name}`), appId: addressOf(`app ${name}`) },
      ...{ epoch, publicKey: publicKeyOf(1_000 + index), notBefore, notAfter },
    }
    return { name, ...entry, reportData: bytesToHex(reportDataOf(entry)) }
  })
}

type Happening = { at: bigint; act: 'admit' | 'retire' | 'revoke'; key: number }

/** A life of one operator's keys: admitted one after another, some at the same second, some retired or revoked later. */
function history() {
  const roll = dice('registry')
  const keys: (KeyTimes & { publicKey: Hex })[] = []
  const happenings: Happening[] = []
  let now = START
  const end = (act: 'retire' | 'revoke') => {
    const key = roll(keys.length)
    const field = act === 'retire' ? 'retiredAt' : 'revokedAt'
    if (keys[key]!.revokedAt !== null || keys[key]![field] !== null) return
    keys[key]![field] = now
    happenings.push({ at: now, act, key })
  }
  while (keys.length < KEYS) {
    now += BigInt(roll(4) * 50)
    const publicKey = publicKeyOf(2_000 + keys.length)
    const notBefore = now - 500n + BigInt(roll(8) * 100)
    const times = { notBefore, notAfter: notBefore + BigInt(200 + roll(8) * 100), admittedAt: now }
    happenings.push({ at: now, act: 'admit', key: keys.length })
    keys.push({ keyId: keccak256(publicKey), publicKey, ...times, retiredAt: null, revokedAt: null })
    now += BigInt(roll(3) * 50)
    if (roll(4) === 0) end('retire')
    if (roll(5) === 0) end('revoke')
  }
  const length = Number(now - START)
  const spans = Array.from({ length: SPANS }, () => {
    // Often to the very second of what happens.
    const from = START + BigInt(Math.floor(roll(length + 200) / 50) * 50 + roll(3) - 1)
    const until = from + BigInt(roll(5) * 100)
    return { from, until, key: keys.findIndex((key) => key === keyAt(keys, from, until)) }
  })
  const admitted = keys.map(({ publicKey, notBefore, notAfter }) => ({ publicKey, notBefore, notAfter }))
  return { keys: admitted, happenings, spans }
}

/** What registry and TypeScript must say alike: report data, and which key serves a span of time (-1: none). JSON. */
export function renderRegistryVectors(): string {
  const vectors = { chainId: CHAIN_ID, registry: REGISTRY, reports: reports(), ...history() }
  return `${JSON.stringify(vectors, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2)}\n`
}
