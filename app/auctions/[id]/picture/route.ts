import { isHash } from 'viem'
import { readLotMetadata } from '../../../_server/readLot'
import { readAuctionDetail } from '../../../_server/readAuctionPage'
import { decodePicture } from '../../../_lot/decodePicture'

const nothing = () => new Response(null, { status: 404 })

/** The picture that a lot's token carries, so that pages need not hold it. Loaded as an image, it can run nothing. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params
  if (!isHash(id)) return nothing()
  const found = await readAuctionDetail(id).catch(() => null)
  const said = found && (await readLotMetadata(found.auction.params))
  const picture = said?.image ? decodePicture(said.image) : null
  if (!picture) return nothing()
  return new Response(picture.bytes, {
    headers: {
      'content-type': picture.type,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cache-control': 'private, max-age=3600',
    },
  })
}
