import type { Check } from '../../lib/protocol/attestation/checks'
import { Tag } from '../_ui/Tag'

/** The result of each check, in the order of PROTOCOL.md section 10. */
export function CheckTable({ rows }: { rows: readonly Check[] }) {
  return (
    <table className="w-full text-left text-sm">
      <caption className="sr-only">Checks of the evidence, in order</caption>
      <thead className="text-muted">
        <tr className="border-rule border-b">
          <th scope="col" className="py-2 pr-4 font-normal">
            Check
          </th>
          <th scope="col" className="py-2 pr-4 font-normal">
            Result
          </th>
          <th scope="col" className="py-2 font-normal">
            What was found
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, ok, detail }) => (
          <tr key={name} className="border-rule border-b align-top">
            <th scope="row" className="py-2 pr-4 font-normal">
              {name.replaceAll('-', ' ')}
            </th>
            <td className="py-2 pr-4 whitespace-nowrap">
              <Result ok={ok} />
            </td>
            <td className="text-muted py-2 [overflow-wrap:anywhere]">{detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Result({ ok }: { ok: boolean | null }) {
  if (ok === null) return <Tag>not asked</Tag>
  return ok ? <Tag tone="open">ok</Tag> : <Tag tone="warn">failed</Tag>
}
