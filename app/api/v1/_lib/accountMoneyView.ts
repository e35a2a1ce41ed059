import { STATUS } from '../../../../lib/chain/auctionState'
import { phaseOf } from '../../../../lib/chain/phase'
import type { ClaimRecord, LockRecord } from '../../../../lib/db/accountMoney'
import type { AccountClaim, Balance, Lock } from '../_schemas/account'
import { toAddress, toHash, toOrigin } from './hex'

/** Locks as answers show them, soonest unlock first. @param now Chain time. */
export function toLocks(records: readonly LockRecord[], now: bigint): Lock[] {
  return records
    .map((lock): Lock => {
      const challengeUntil = lock.challengeUntil ?? 0n
      const phase = phaseOf({ status: STATUS[lock.status], closesAt: lock.closesAt, challengeUntil }, now)
      return {
        auctionId: toHash(lock.auctionId),
        seq: lock.seq,
        slot: lock.slot,
        token: toAddress(lock.token),
        amount: lock.amount.toString(),
        payment: lock.payment.toString(),
        phase,
        ...unlockOf(lock, now),
      }
    })
    .sort((a, b) => a.unlocksAt - b.unlocksAt || (a.auctionId < b.auctionId ? -1 : 1) || a.seq - b.seq)
}

/**
 * From when on a lock can be claimed. PROTOCOL.md sections 5 and 9: unsettled at `settleBy` an auction can be voided;
 * settled just before, it is final one challenge window later. A void one is claimable now: its own time is past.
 */
function unlockOf(lock: LockRecord, now: bigint): Pick<Lock, 'unlocksAt' | 'exact'> {
  if (lock.status === 'SETTLED') return { unlocksAt: Number(lock.challengeUntil), exact: true }
  if (lock.status === 'VOIDED') return { unlocksAt: Number(now), exact: true }
  if (now >= lock.settleBy) return { unlocksAt: Number(lock.settleBy), exact: true }
  return { unlocksAt: Number(lock.settleBy + lock.challengeWindow), exact: false }
}

/** Balances by token, of every token the account ever had any of. */
export function toBalances(money: {
  available: ReadonlyMap<string, bigint>
  proceeds: ReadonlyMap<string, bigint>
  locks: readonly Lock[]
}): Balance[] {
  const tokens = new Map<string, { available: bigint; locked: bigint; claimable: bigint }>()
  const of = (token: string) => {
    const key = toAddress(token)
    const known = tokens.get(key) ?? { available: 0n, locked: 0n, claimable: 0n }
    tokens.set(key, known)
    return known
  }
  for (const [token, amount] of money.available) of(token).available += amount
  for (const [token, amount] of money.proceeds) of(token).claimable += amount
  for (const lock of money.locks) {
    const balance = of(lock.token)
    balance.locked += BigInt(lock.amount)
    if (lock.phase === 'final' || lock.phase === 'voided')
      balance.claimable += BigInt(lock.amount) - BigInt(lock.payment)
  }
  return [...tokens].map(([token, { available, locked, claimable }]) => ({
    token: toAddress(token),
    available: available.toString(),
    locked: locked.toString(),
    claimable: claimable.toString(),
  }))
}

export function toClaimView(claim: ClaimRecord): AccountClaim {
  return {
    kind: claim.kind,
    auctionId: toHash(claim.auctionId),
    seq: claim.seq,
    token: toAddress(claim.token),
    amount: claim.amount?.toString() ?? null,
    payment: claim.payment?.toString() ?? null,
    lots: claim.lots,
    receiver: claim.receiver === null ? null : toAddress(claim.receiver),
    origin: toOrigin(claim.origin),
  }
}
