import { Tag } from '../../_ui/Tag'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { visibilityOf } from './visibilityOf'

/** Who can see what, phase by phase, and which phase it is now. */
export function Visibility({ auction }: { auction: AuctionDetail }) {
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
            <th scope="col" className="w-[45%] py-2 font-medium">
              Who sees it
            </th>
          </tr>
        </thead>
        {visibilityOf(auction).map(({ stage, now, rows }) => (
          <tbody key={stage} className="align-top">
            <tr className="border-rule border-b">
              <th scope="rowgroup" colSpan={2} className="pt-5 pb-2 font-serif text-base font-semibold">
                {stage} {now ? <Tag tone="open">now</Tag> : null}
              </th>
            </tr>
            {rows.map(({ what, who }) => (
              <tr key={what} className="border-rule border-b">
                <th scope="row" className="py-2 pr-3 font-normal">
                  {what}
                </th>
                <td className="py-2">{who}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <p className="text-muted text-sm">
        Losing prices are as safe as the encryption (P-256) over the years. A bidder can prove his own bid to others if
        he wants to.
      </p>
    </section>
  )
}
