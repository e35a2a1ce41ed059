import { erc721Abi, parseAbi } from 'viem'
import type { AuctionSummary } from '../api/v1/_schemas/auction'
import { lotView, type LotView } from '../_lot/lotView'
import { parseLotUri, type LotMetadata } from '../_lot/lotMetadata'
import { chainClient } from './chainClient'
import { readUnit } from './readUnit'
import { remember } from './remember'

const editionsAbi = parseAbi(['function uri(uint256 id) view returns (string)'])
const metadata = remember<LotMetadata | null>(1_000)

type LotParams = Pick<AuctionSummary['params'], 'lotKind' | 'lotToken' | 'lotTokenId' | 'lotSize'>

/** What the token itself says of one lot, pictures included; null where it says nothing readable. */
export function readLotMetadata({ lotKind, lotToken: address, lotTokenId }: LotParams): Promise<LotMetadata | null> {
  if (lotKind === 'ERC20') return Promise.resolve(null)
  return metadata(`${lotKind} ${address} ${lotTokenId}`, async () => {
    const client = await chainClient()
    const args = [BigInt(lotTokenId)] as const
    const uri =
      lotKind === 'ERC721'
        ? await client.readContract({ address, abi: erc721Abi, functionName: 'tokenURI', args })
        : await client.readContract({ address, abi: editionsAbi, functionName: 'uri', args })
    return parseLotUri(uri)
  })
}

/** A lot as a catalogue shows it. Its picture is an address of this server, so that it is fetched once and lazily. */
export async function readLot(id: string, params: LotParams): Promise<LotView> {
  if (params.lotKind === 'ERC20') return lotView(params, null, await readUnit(params.lotToken), undefined)
  const said = await readLotMetadata(params)
  return lotView(params, said, null, said?.image ? `/auctions/${id}/picture` : undefined)
}
