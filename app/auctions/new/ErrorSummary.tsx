import type { AuctionForm, FieldErrors } from './auctionDraft'

const NAMES: Partial<Record<keyof AuctionForm, string>> = {
  lotToken: 'Token contract',
  lotTokenId: 'Token number',
  lotAmount: 'Amount or copies',
  paymentToken: 'Payment token contract',
  tick: 'Price step',
  reserve: 'Reserve',
  collateral: 'What every bid locks',
  maxBids: 'Most bids',
  closesIn: 'Closes in',
  settleIn: 'Must be settled within',
  challenge: 'Challenge window',
}

/** Which fields need another look, and by what rule; each is also said at its field. */
export function ErrorSummary({ errors }: { errors: FieldErrors }) {
  const list = Object.entries(errors)
  if (list.length === 0) return null
  return (
    <div className="border-bad bg-bad-wash border-l-4 px-4 py-3 text-sm" role="alert">
      <p className="font-semibold">
        Nothing was sent: {list.length === 1 ? 'a field needs' : 'some fields need'} another look.
      </p>
      <ul className="mt-1 list-disc pl-5">
        {list.map(([field, rule]) => (
          <li key={field}>
            {NAMES[field as keyof AuctionForm] ?? field}: {rule}
          </li>
        ))}
      </ul>
    </div>
  )
}
