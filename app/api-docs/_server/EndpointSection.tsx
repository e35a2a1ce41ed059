import { Term, Terms } from '../../_ui/Terms'
import type { Operation } from '../../api/v1/_lib/openapi/document'
import { Prose } from '../Prose'
import { TypeWords } from '../TypeWords'
import { boundsOf } from '../shape'

/** One address: what it takes and what it answers. */
export function EndpointSection({ path, operation }: { path: string; operation: Operation }) {
  const { operationId, summary, description, parameters, responses } = operation
  return (
    <section aria-labelledby={operationId} className="max-w-3xl space-y-4">
      <h3 id={operationId} className="scroll-mt-4 text-lg font-semibold">
        {summary}
      </h3>
      <p className="border-rule bg-sheet border px-3 py-2 font-mono text-sm break-all">GET /api/v1{path}</p>
      <Prose text={description} />
      {parameters.length === 0 ? null : (
        <div className="space-y-2">
          <h4 className="text-sm font-semibold">Parameters</h4>
          <Terms>
            {parameters.map((parameter) => (
              <Term key={parameter.name} name={parameter.required ? `${parameter.name} (required)` : parameter.name}>
                <Prose text={parameter.description} />
                <p className="text-muted">
                  <TypeWords shape={parameter.schema} />
                  {boundsOf(parameter.schema) === '' ? null : `, ${boundsOf(parameter.schema)}`}
                </p>
              </Term>
            ))}
          </Terms>
        </div>
      )}
      <div className="space-y-2">
        <h4 className="text-sm font-semibold">Answers</h4>
        <Terms>
          {Object.entries(responses).map(([status, { description: text, content }]) => (
            <Term key={status} name={status}>
              <Prose text={text} />
              {Object.entries(content ?? {}).map(([type, { schema }]) => (
                <p key={type} className="text-muted">
                  {schema ? <TypeWords shape={schema} /> : 'bytes'} as {type}
                </p>
              ))}
            </Term>
          ))}
        </Terms>
      </div>
    </section>
  )
}
