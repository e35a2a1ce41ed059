import { Term, Terms } from '../_ui/Terms'
import { Prose } from './Prose'
import { TypeWords } from './TypeWords'
import type { Shape } from './shape'

/** One named shape of the document: its fields. */
export function ShapeSection({ name, shape }: { name: string; shape: Shape }) {
  return (
    <section aria-labelledby={`shape-${name}`} className="max-w-3xl space-y-3">
      <h3 id={`shape-${name}`} className="scroll-mt-4 text-lg font-semibold">
        {name}
      </h3>
      {shape.description === undefined ? null : <Prose text={shape.description} />}
      <Terms>
        {Object.entries(shape.properties ?? {}).map(([field, value]) => (
          <Term key={field} name={shape.required?.includes(field) ? field : `${field} (may be missing)`}>
            <Fields shape={value} />
          </Term>
        ))}
      </Terms>
    </section>
  )
}

/** A nested object that has no name of its own shows its fields in place. */
function Fields({ shape }: { shape: Shape }) {
  if (!shape.properties) return <TypeWords shape={shape} />
  return (
    <ul className="space-y-1">
      {Object.entries(shape.properties).map(([field, value]) => (
        <li key={field}>
          <span className="text-muted">{field}: </span>
          <TypeWords shape={value} />
        </li>
      ))}
    </ul>
  )
}
