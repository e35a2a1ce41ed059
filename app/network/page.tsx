import type { Metadata } from 'next'
import { NetworkView } from './NetworkView'

export const metadata: Metadata = { title: 'Network' }

export default function NetworkPage() {
  return (
    <div className="space-y-8">
      <div>
        <h1 className="text-3xl font-semibold sm:text-4xl">Network</h1>
        <p className="text-muted mt-2 max-w-prose">What this app speaks to, and whose keys your bids are sealed to.</p>
      </div>
      <NetworkView />
    </div>
  )
}
