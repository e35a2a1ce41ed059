import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { isHash } from 'viem'
import { AuctionView } from './AuctionView'

export const metadata: Metadata = { title: 'Lot' }

export default async function AuctionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!isHash(id)) notFound()
  return <AuctionView id={id} />
}
