import type { PricingRule } from '../../../lib/protocol/constants'
import type { AuctionPhase } from '../../_data/phase'

/** What somebody is to an auction. `winner` and `loser` only once it is settled. */
export type Role = 'visitor' | 'bidder' | 'winner' | 'loser' | 'seller'

export type NextSteps = { title: string; lines: string[] }

type Facts = {
  role: Role
  phase: AuctionPhase
  rule: PricingRule
  /** Whether the lot found a buyer, as far as is known. */
  sold: boolean
  /** Live bids. */
  bids: number
  /** Whether the settlement takes longer than it usually does. */
  late: boolean
}

/** What someone can do now, or is waiting for, and what is safe meanwhile; one or two sentences a line. */
export function nextSteps(facts: Facts): NextSteps {
  switch (facts.phase) {
    case 'open':
      return whileOpen(facts)
    case 'closing':
      return {
        title: 'The time is up',
        lines: ['No block of that time exists yet. Wait some seconds: nothing can be lost.'],
      }
    case 'closed':
      return onceClosed(facts)
    case 'overdue':
      return {
        title: 'It was not settled in time',
        lines: [
          'Anyone can now declare it void, and a keeper does. Every bidder then gets back all he locked, the seller his lot.',
          ...(facts.role === 'visitor'
            ? []
            : ['You need not wait for the keeper: see “Yours to collect” on this page.']),
        ],
      }
    case 'settled':
      return onceSettled(facts)
    case 'final':
      return onceFinal(facts)
    case 'voided':
      return onceVoid(facts)
  }
}

function whileOpen({ role, rule, bids }: Facts): NextSteps {
  if (role === 'seller') {
    return {
      title: bids === 0 ? 'Wait for bids' : 'Wait for the close',
      lines: [
        'Share this page’s address. You cannot see what is bid, and neither can anyone else: only how many bids there are.',
      ],
    }
  }
  if (role === 'bidder') {
    return {
      title: 'Your bid is sealed and counted',
      lines: [
        'You need not come back: after the settlement a keeper pays everyone out.',
        'Until the close you can replace or withdraw it. Nobody, you included, can know who is ahead.',
      ],
    }
  }
  const advice =
    rule === 'SECOND_PRICE'
      ? 'The winner pays the second price, so bid the most the lot is worth to you.'
      : 'The winner pays what he bid, so bid what you are willing to pay.'
  return {
    title: 'You can bid',
    lines: [advice, 'One bid an address. You can replace or withdraw it until the close.'],
  }
}

function onceClosed({ role, bids, late }: Facts): NextSteps {
  if (bids === 0) {
    return {
      title: 'Nobody bid',
      lines: ['The auction can be declared void, and a keeper does it. The lot then goes back to the seller.'],
    }
  }
  const money = role === 'bidder' ? ['What you locked is safe: it can only pay for the lot, or come back to you.'] : []
  if (late) {
    return {
      title: 'The settlement is late',
      lines: [
        'The enclave has not signed the outcome yet, or nobody has sent it. Any keeper may send it; nobody can change a bid.',
        'If it is not settled by the time above, everyone is refunded in full and the lot goes back.',
        ...money,
      ],
    }
  }
  return {
    title: 'Wait for the outcome',
    lines: [
      'The enclave waits for a final block, opens the bids and signs. This usually takes under a minute.',
      ...money,
    ],
  }
}

function onceSettled({ role, sold }: Facts): NextSteps {
  const wait = 'Nothing is paid out before the challenge window is over: see the time above. Then a keeper does it.'
  switch (role) {
    case 'winner':
      return { title: 'You won', lines: [wait, 'The lot and what remains of your money are then yours to collect.'] }
    case 'loser':
      return {
        title: 'You did not win',
        lines: [
          wait,
          'All that you locked comes back to your balance. What you bid stays sealed unless it set the price.',
        ],
      }
    case 'seller':
      return {
        title: sold ? 'Your lot is sold' : 'Your lot was not sold',
        lines: [wait, sold ? 'The price is then credited to your balance.' : 'The lot then comes back to you.'],
      }
    case 'bidder':
    case 'visitor':
      return { title: sold ? 'It is sold' : 'It was not sold', lines: [wait] }
  }
}

function onceFinal({ role, sold }: Facts): NextSteps {
  const keeper = 'A keeper has usually done it already; if not, collect it yourself below.'
  switch (role) {
    case 'winner':
      return {
        title: 'You won',
        lines: [`The lot goes to your wallet, and what is left of your money to your balance. ${keeper}`],
      }
    case 'loser':
      return { title: 'You did not win', lines: [`All that you locked goes back to your balance. ${keeper}`] }
    case 'seller':
      return {
        title: sold ? 'Your lot is sold' : 'Your lot was not sold',
        lines: [`${sold ? 'The price goes to your balance' : 'The lot goes back to your wallet'}. ${keeper}`],
      }
    case 'bidder':
    case 'visitor':
      return {
        title: 'It is over',
        lines: [sold ? 'The lot has found its buyer.' : 'The lot has gone back to its seller.'],
      }
  }
}

function onceVoid({ role }: Facts): NextSteps {
  if (role === 'seller')
    return { title: 'The auction is void', lines: ['Your lot comes back to you: collect it below if it has not.'] }
  if (role === 'visitor')
    return { title: 'The auction is void', lines: ['Nothing was sold, and everyone is refunded.'] }
  return {
    title: 'The auction is void',
    lines: ['All that you locked is yours again: collect it below if it has not come.'],
  }
}
