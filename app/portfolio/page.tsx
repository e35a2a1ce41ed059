import type { Metadata } from 'next'
import { PortfolioView } from './PortfolioView'

export const metadata: Metadata = { title: 'Portfolio' }

export default function PortfolioPage() {
  return (
    <div className="space-y-8">
      <h1 className="text-3xl font-semibold sm:text-4xl">Portfolio</h1>
      <PortfolioView />
    </div>
  )
}
