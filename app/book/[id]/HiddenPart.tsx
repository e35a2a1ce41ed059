/** Who sees what of an order, step by step. PROTOCOL.md section 13: what is not hidden is said. */
const ROWS: readonly [what: string, who: string][] = [
  ['That an order came: its trader’s address, and when', 'Everyone'],
  ['Its side, size, price, how long it stays, its other terms', 'You and the enclave'],
  ['What is left of it, while it rests', 'You and the enclave'],
  ['What a batch fills of it: side, size and the batch’s price', 'Everyone, from the batch’s settlement on'],
  ['What never trades', 'Nobody else, ever'],
  ['Deposits, withdrawals, and what is in your margin', 'Everyone: margin in one token alone shows your side'],
]

/** What a market hides and what it does not, and why there is no picture of its depth. */
export function HiddenPart() {
  return (
    <section aria-labelledby="hidden" className="space-y-4">
      <h2 id="hidden" className="text-2xl font-semibold">
        Who sees what
      </h2>
      <p className="max-w-prose text-sm">
        There is no depth chart here, because nobody has one: not we, not the chain, not other traders. Orders are
        sealed until they trade, and the enclave that opens them publishes fills, never the book. So nobody can trade
        ahead of an order, or read from it where the price will go.
      </p>
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
        <tbody className="align-top">
          {ROWS.map(([what, who]) => (
            <tr key={what} className="border-rule border-b">
              <th scope="row" className="py-2 pr-3 font-normal">
                {what}
              </th>
              <td className="py-2">{who}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-muted max-w-prose text-sm">
        A broken enclave could leak orders or refuse to settle. It cannot spend a unit of margin that no order of yours
        allows without anyone seeing it in the fills, and nothing it signs moves money before the challenge window is
        over. Which of the prices inside band and limits was right, nobody can prove yet.
      </p>
    </section>
  )
}
