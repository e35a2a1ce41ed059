import { zeroAddress } from 'viem'
import type { AuctionForm } from './auctionDraft'

/** Terms that few would regret, for a seller to change. */
export function firstForm(contracts: { demoToken?: string | undefined; demoLots?: string | undefined }): AuctionForm {
  return {
    lotKind: 'ERC721',
    lotToken: contracts.demoLots ?? '',
    lotTokenId: '',
    lotAmount: '1',
    rule: 'SECOND_PRICE',
    paymentToken: contracts.demoToken ?? zeroAddress,
    tick: '1',
    reserve: '',
    policy: 'UNIFORM',
    collateral: '1000',
    maxBids: '',
    closesIn: '1',
    closesUnit: 'days',
    settleIn: '1',
    settleUnit: 'days',
    challenge: '1',
    challengeUnit: 'hours',
  }
}
