'use client'

import { useQuery } from '@tanstack/react-query'
import { erc721Abi, parseAbi } from 'viem'
import type { AuctionSummary } from '../api/v1/_schemas/auction'
import { useNetwork } from '../_data/network'
import { useClient } from '../_data/useClient'
import { useUnit } from '../_data/useUnit'
import { parseLotUri } from './lotMetadata'
import { lotView, type LotView } from './lotView'

const editionsAbi = parseAbi(['function uri(uint256 id) view returns (string)'])

type LotParams = Pick<AuctionSummary['params'], 'lotKind' | 'lotToken' | 'lotTokenId' | 'lotSize'>

/** A lot that no page was made of yet, read by the browser itself. */
export function useLot({ lotKind, lotToken: address, lotTokenId, lotSize }: LotParams): LotView {
  const { chainId } = useNetwork()
  const openClient = useClient()
  const unit = useUnit(address)
  const { data } = useQuery({
    queryKey: ['lot', chainId, lotKind, address, lotTokenId],
    enabled: lotKind !== 'ERC20' && lotTokenId !== '',
    staleTime: Infinity,
    retry: false,
    queryFn: async () => {
      const client = await openClient()
      const args = [BigInt(lotTokenId)] as const
      const uri =
        lotKind === 'ERC721'
          ? await client.readContract({ address, abi: erc721Abi, functionName: 'tokenURI', args })
          : await client.readContract({ address, abi: editionsAbi, functionName: 'uri', args })
      return parseLotUri(uri)
    },
  })
  return lotView({ lotKind, lotTokenId, lotSize }, data ?? null, unit ?? null, data?.image)
}
