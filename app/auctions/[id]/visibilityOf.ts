import type { AuctionDetail } from '../../api/v1/_schemas/auction'

export type VisibilityStage = { stage: string; now: boolean; rows: { what: string; who: string }[] }

type Facts = Pick<AuctionDetail, 'phase' | 'params'>

/**
 * Who sees what of an auction, stage by stage. PROTOCOL.md section 13: what is not hidden is said, not left to be found
 * out.
 */
export function visibilityOf({ phase, params }: Facts): VisibilityStage[] {
  const locks = params.collateralPolicy === 'UNIFORM' ? 'What a bid locks: the same for all' : 'What a bid locks'
  const ended = phase === 'settled' || phase === 'final'
  return [
    {
      stage: 'While bids are taken',
      now: phase === 'open',
      rows: [
        { what: 'Bidders’ addresses, times, and the number of bids', who: 'Everyone' },
        {
          what: locks,
          who: params.collateralPolicy === 'UNIFORM' ? 'Everyone' : 'Everyone, who can guess a range from it',
        },
        { what: 'Your price', who: 'You and the enclave' },
        { what: 'Who is ahead', who: 'Nobody but the enclave' },
      ],
    },
    {
      stage: 'After the close, until it is settled',
      now: phase === 'closed',
      rows: [{ what: 'Every price', who: 'The enclave, which opens the bids; nobody else' }],
    },
    phase === 'voided'
      ? {
          stage: 'Now that it is void',
          now: true,
          rows: [{ what: 'Prices', who: 'Nobody but their bidders and the enclave' }],
        }
      : { stage: 'From the settlement on', now: ended, rows: settledRows(params.rule) },
  ]
}

function settledRows(rule: Facts['params']['rule']): { what: string; who: string }[] {
  if (rule === 'SECOND_PRICE') {
    return [
      { what: 'The winner, and what he pays', who: 'Everyone' },
      { what: 'The second bidder and his price', who: 'Everyone: it is the price paid' },
      { what: 'The winner’s own price', who: 'Nobody else, ever; only that it was not below the price paid' },
      { what: 'Other losing prices', who: 'Nobody else, ever; only that they were not above the price paid' },
    ]
  }
  return [
    { what: 'The winner and the winning price', who: 'Everyone' },
    { what: 'Losing prices', who: 'Nobody else, ever; only that they were not above the winner’s' },
  ]
}
