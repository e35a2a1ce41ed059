import type { AuctionSummary } from '../api/v1/_schemas/auction'
import { formatAmount, type Unit } from '../_format/amount'
import type { LotMetadata } from './lotMetadata'

/** A lot as a catalogue shows it. `image` is an address; without one, a picture is drawn. */
export type LotView = { title: string; kind: string; description?: string | undefined; image?: string | undefined }

type LotParams = Pick<AuctionSummary['params'], 'lotKind' | 'lotTokenId' | 'lotSize'>

/**
 * From the token's own metadata where it carries any, else from the numbers.
 * @param unit Of the lot token, where it is an ERC-20 and has answered.
 */
export function lotView(
  { lotKind, lotTokenId, lotSize }: LotParams,
  said: LotMetadata | null,
  unit: Unit | null,
  image: string | undefined,
): LotView {
  if (lotKind === 'ERC20') {
    return { title: unit ? formatAmount(BigInt(lotSize), unit) : 'Tokens', kind: 'An amount of a token (ERC-20)' }
  }
  const number = lotTokenId.length > 8 ? `${lotTokenId.slice(0, 6)}…` : lotTokenId
  const kind = lotKind === 'ERC721' ? 'A single piece (ERC-721)' : `${copies(lotSize)} of an edition (ERC-1155)`
  return { title: said?.name || `Lot ${number}`, kind, description: said?.description, image }
}

function copies(size: string): string {
  return size === '1' ? 'One copy' : `${size} copies`
}
