'use client'

import { useQuery } from '@tanstack/react-query'
import { erc721Abi, parseAbi } from 'viem'
import { usePublicClient } from 'wagmi'
import type { AuctionSummary } from '../api/v1/_schemas/auction'
import { useNetwork } from '../_data/network'
import { useUnit } from '../_data/useUnit'
import { formatAmount } from '../_format/amount'
import { parseLotUri } from './lotMetadata'

const editionsAbi = parseAbi(['function uri(uint256 id) view returns (string)'])

export type Lot = { title: string; kind: string; description?: string | undefined; image?: string | undefined }

type LotParams = Pick<AuctionSummary['params'], 'lotKind' | 'lotToken' | 'lotTokenId' | 'lotSize'>

/** A lot as a catalogue shows it: from the token's own metadata where it carries any, else from the numbers. */
export function useLot({ lotKind, lotToken, lotTokenId, lotSize }: LotParams): Lot {
  const { chainId } = useNetwork()
  const client = usePublicClient({ chainId })
  const token = lotToken
  const unit = useUnit(token)
  const { data } = useQuery({
    queryKey: ['lot', chainId, lotKind, token, lotTokenId],
    enabled: client !== undefined && lotKind !== 'ERC20',
    staleTime: Infinity,
    retry: false,
    queryFn: async () => {
      if (!client) throw new Error('no client')
      const id = BigInt(lotTokenId)
      const uri =
        lotKind === 'ERC721'
          ? await client.readContract({ address: token, abi: erc721Abi, functionName: 'tokenURI', args: [id] })
          : await client.readContract({ address: token, abi: editionsAbi, functionName: 'uri', args: [id] })
      return parseLotUri(uri)
    },
  })
  if (lotKind === 'ERC20') {
    const amount = unit ? formatAmount(BigInt(lotSize), unit) : 'Tokens'
    return { title: amount, kind: 'An amount of a token (ERC-20)' }
  }
  const number = lotTokenId.length > 8 ? `${lotTokenId.slice(0, 6)}…` : lotTokenId
  const title = data?.name ?? `Lot ${number}`
  const kind = lotKind === 'ERC721' ? 'A single piece (ERC-721)' : `${copies(lotSize)} of an edition (ERC-1155)`
  return { title, kind, description: data?.description, image: data?.image }
}

function copies(size: string): string {
  return size === '1' ? 'One copy' : `${size} copies`
}
