import type { ApiPromise } from '@polkadot/api'

/** What a Passet Hub runtime answered to dry runs, in the JSON form of `@polkadot/api`. */
export const RECORDED = {
  approval: {
    gasRequired: { refTime: 125917993, proofSize: 3675 },
    storageDeposit: { charge: 0 },
    result: {
      ok: { flags: { bits: 0 }, data: '0x0000000000000000000000000000000000000000000000000000000000000001' },
    },
  },
  bid: {
    gasRequired: { refTime: 1088046175, proofSize: 144398 },
    storageDeposit: { charge: 42000000 },
    result: {
      ok: { flags: { bits: 0 }, data: '0x0000000000000000000000000000000000000000000000000000000000000001' },
    },
  },
  bidWithoutApproval: {
    gasRequired: { refTime: 522229105, proofSize: 24138 },
    storageDeposit: { charge: 0 },
    result: { ok: { flags: { bits: 1 }, data: '0x' } },
  },
  secondBid: {
    gasRequired: { refTime: 371343359, proofSize: 51445 },
    storageDeposit: { charge: 0 },
    result: {
      ok: {
        flags: { bits: 1 },
        data: '0xeef6093e84e98ec01410f55c340fcecaad29dead68b4316ee3b38590fb1f5793f2beee2400000000000000000000000012170eef4c2ea4948685e555b7c2c1ff7346c098',
      },
    },
  },
  tooMuch: {
    gasRequired: { refTime: 0, proofSize: 0 },
    storageDeposit: { charge: 0 },
    result: { err: { module: { index: 60, error: '0x04000000' } } },
  },
  whole: {
    ok: { executionResult: { ok: { actualWeight: { refTime: 750171328, proofSize: 22818 }, paysFee: 'Yes' } } },
  },
  wholeReverted: {
    ok: {
      executionResult: {
        err: {
          postInfo: { actualWeight: { refTime: 1146482440, proofSize: 43281 }, paysFee: 'Yes' },
          error: { module: { index: 60, error: '0x1a000000' } },
        },
      },
    },
  },
} as const

/** Names of pallet-revive's errors, by their index there. */
const ERRORS: Record<string, string> = { '0x04000000': 'TransferFailed', '0x1a000000': 'ContractReverted' }

export const GENESIS = `0x${'45'.repeat(32)}`

/** An extrinsic that is only what it was made of. */
export type FakeExtrinsic = { name: string; args: unknown[]; method: unknown }

type Behaviour = {
  /** What each dry run of a call answers, in order. */
  calls: object[]
  whole?: object
  mapped?: boolean
  without?: 'batch'
}

const json = (value: unknown) => ({ toJSON: () => value })

/** A Hub that answers what was recorded. `tried` has the batches that it ran on trial. */
export function recordedApi({ calls, whole, mapped = true, without }: Behaviour): {
  api: ApiPromise
  tried: FakeExtrinsic[]
} {
  const left = [...calls]
  const tried: FakeExtrinsic[] = []
  const extrinsic =
    (name: string) =>
    (...args: unknown[]): FakeExtrinsic => {
      const made: FakeExtrinsic = { name, args, method: undefined }
      return { ...made, method: made }
    }
  const revive = {
    nativeToEthRatio: json(100_000_000),
    depositPerItem: json(1_000_000_000),
    depositPerByte: json(500_000),
  }
  const blockWeights = json({
    perClass: { normal: { maxExtrinsic: { refTime: 1_399_875_000_000, proofSize: 7_340_032 } } },
  })
  const api = {
    genesisHash: { toHex: () => GENESIS },
    consts: { revive, system: { blockWeights } },
    query: { revive: { originalAccount: () => Promise.resolve({ isSome: mapped }) } },
    tx: {
      revive: { call: extrinsic('revive.call') },
      utility: without === 'batch' ? {} : { batchAll: extrinsic('utility.batchAll') },
    },
    call: {
      reviveApi: { call: () => Promise.resolve(json(left.shift())) },
      dryRunApi: {
        dryRunCall(_origin: unknown, method: FakeExtrinsic) {
          tried.push(method)
          return Promise.resolve(json(whole))
        },
      },
    },
    registry: {
      createType: (_type: string, { module }: { module: { error: string } }) => ({ isModule: true, asModule: module }),
      findMetaError: ({ error }: { error: string }) => ({ section: 'revive', name: ERRORS[error] }),
    },
    rpc: { system: { accountNextIndex: () => Promise.resolve(7) } },
  }
  return { api: api as unknown as ApiPromise, tried }
}
