import type { Lock } from '../api/v1/_schemas/account'

/** Why money is locked, and what its owner can do about it. When it is free stands beside it. */
export function lockInWords({ phase, payment }: Pick<Lock, 'phase' | 'payment'>): { why: string; next: string } {
  switch (phase) {
    case 'open':
      return {
        why: 'Behind a sealed bid that stands.',
        next: 'Withdraw the bid before the close, and it is free at once.',
      }
    case 'closed':
      return {
        why: 'The auction is closed and waits for its outcome.',
        next: 'Nothing to do: it pays for the lot, or comes back.',
      }
    case 'settled':
      return payment === '0'
        ? { why: 'The result can still be challenged.', next: 'Nothing to do: all of it comes back.' }
        : {
            why: 'You won; the result can still be challenged.',
            next: 'Nothing to do: the price is paid, the rest comes back.',
          }
    case 'final':
    case 'voided':
      return { why: 'Free, but not collected yet.', next: 'Collect it above, or wait for the keeper.' }
  }
}
