import { execFileSync } from 'node:child_process'
import type { HubSpec } from './genesis'

/** What Substrate puts before a compressed runtime (sp-maybe-compressed-blob). */
const COMPRESSED = '52bc537646db8e05'

/**
 * How pallet-revive's LOG0 to LOG4 compare an event's length with the old limit, compiled: i32.const 416, i32.gt_u,
 * br_if 2, local.get 2, local.get 4, i32.store.
 */
const COMPARISON = Buffer.from('41a0034b0d022002200436', 'hex')
/** i32.const 8191: the longest that takes as many bytes. */
const RAISED = Buffer.from('41ff3f', 'hex')
const INSTRUCTIONS = 5

/**
 * A copy of a specification whose runtime, one of before polkadot-sdk's pull request 10047, lets contracts emit 8,191 bytes
 * at once in place of 416. Nothing else of it is another.
 *
 * @throws Error where the runtime is not built as that one is, or there is no `zstd` to unpack it.
 */
export function raiseEventLimit(spec: HubSpec): HubSpec {
  const runtime = unpacked(Buffer.from(spec.genesis.runtimeGenesis.code.slice(2), 'hex'))
  let found = 0
  for (let at = runtime.indexOf(COMPARISON); at !== -1; at = runtime.indexOf(COMPARISON, at + 1)) {
    RAISED.copy(runtime, at)
    found += 1
  }
  if (found !== INSTRUCTIONS) {
    throw new Error(
      `This runtime has ${found} comparisons with the old limit, not ${INSTRUCTIONS}: it cannot be raised.`,
    )
  }
  const code = `0x${runtime.toString('hex')}` as const
  return { ...spec, genesis: { ...spec.genesis, runtimeGenesis: { ...spec.genesis.runtimeGenesis, code } } }
}

function unpacked(code: Buffer): Buffer {
  if (code.subarray(0, 8).toString('hex') !== COMPRESSED) return Buffer.from(code)
  try {
    return execFileSync('zstd', ['-d', '-c'], { input: code.subarray(8), maxBuffer: 1 << 28, stdio: 'pipe' })
  } catch (cause) {
    throw new Error('The runtime could not be unpacked: this takes the program zstd (apt install zstd).', { cause })
  }
}
