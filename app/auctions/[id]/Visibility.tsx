import type { PricingRule } from '../../../lib/protocol/constants'

type Row = { what: string; who: string; when: string }

/** PROTOCOL.md section 13: what is not hidden is said, not left to be found out. */
const ALWAYS: Row[] = [
  { what: 'Bidders’ addresses, times, and the number of bids', who: 'Everyone', when: 'At once' },
  { what: 'What a bid locks', who: 'Everyone', when: 'At once' },
  { what: 'Your price', who: 'You and the enclave', when: 'From the moment you bid' },
]

const LATER: Record<'FIRST_PRICE' | 'SECOND_PRICE', Row[]> = {
  FIRST_PRICE: [
    { what: 'The winner and the winning price', who: 'Everyone', when: 'At the settlement' },
    { what: 'Losing prices', who: 'Nobody else', when: 'Never; only that they were not above the winner’s' },
  ],
  SECOND_PRICE: [
    { what: 'The winner, and what he pays', who: 'Everyone', when: 'At the settlement' },
    { what: 'The second bidder and his price', who: 'Everyone', when: 'At the settlement: it is the price paid' },
    { what: 'The winner’s own price', who: 'Nobody else', when: 'Never; only that it was not below the price paid' },
    { what: 'Other losing prices', who: 'Nobody else', when: 'Never; only that they were not above the price paid' },
  ],
}

/** Who can see what, and when. */
export function Visibility({ rule }: { rule: PricingRule }) {
  const rows = [...ALWAYS, ...LATER[rule === 'SECOND_PRICE' ? 'SECOND_PRICE' : 'FIRST_PRICE']]
  return (
    <section aria-labelledby="visibility" className="space-y-4">
      <h2 id="visibility" className="text-2xl font-semibold">
        Who sees what, and when
      </h2>
      <table className="w-full text-left text-sm break-normal">
        <thead className="text-muted">
          <tr className="border-rule border-b">
            <th scope="col" className="py-2 pr-3 font-medium">
              What
            </th>
            <th scope="col" className="py-2 pr-3 font-medium">
              Who
            </th>
            <th scope="col" className="py-2 font-medium">
              When
            </th>
          </tr>
        </thead>
        <tbody className="align-top">
          {rows.map(({ what, who, when }) => (
            <tr key={what} className="border-rule border-b">
              <th scope="row" className="py-2 pr-3 font-normal">
                {what}
              </th>
              <td className="min-w-18 py-2 pr-3">{who}</td>
              <td className="text-muted py-2">{when}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-muted text-sm">
        Losing prices are as safe as the encryption (P-256) over the years. A bidder can prove his own bid to others if
        he wants to.
      </p>
    </section>
  )
}
