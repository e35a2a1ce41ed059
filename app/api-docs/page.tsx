import type { Metadata } from 'next'
import { openApiDocument } from '../api/v1/_lib/openapi/document'
import { Prose } from './Prose'
import { EndpointSection } from './_server/EndpointSection'
import { ShapeSection } from './ShapeSection'
import type { Shape } from './shape'

export const metadata: Metadata = {
  title: 'API',
  description: 'Every address of the public API: parameters, answers and errors.',
}

/** The OpenAPI document to read: made of the same schemas that check requests, on the server, without a script. */
export default function ApiDocsPage() {
  const { info, tags, paths, components } = openApiDocument()
  const operations = Object.entries(paths).map(([path, { get }]) => ({ path, operation: get }))
  return (
    <div className="space-y-12">
      <header>
        <h1 className="text-3xl font-semibold sm:text-4xl">API</h1>
        <div className="mt-4 max-w-prose space-y-3">
          {info.description.split('\n\n').map((paragraph) => (
            <Prose key={paragraph} text={paragraph} />
          ))}
        </div>
        <p className="mt-4">
          <a href="/api/v1/openapi.json" className="underline">
            OpenAPI 3.1 document
          </a>
        </p>
      </header>
      <nav aria-label="Endpoints">
        <ul className="divide-rule border-rule divide-y border-y text-sm">
          {operations.map(({ path, operation }) => (
            <li key={path} className="grid gap-x-4 py-2 sm:grid-cols-[18rem_1fr]">
              <a href={`#${operation.operationId}`} className="font-mono underline">
                {path}
              </a>
              <span className="text-muted">{operation.summary}</span>
            </li>
          ))}
        </ul>
      </nav>
      {tags.map(({ name }) => (
        <section key={name} className="space-y-10">
          <h2 className="text-2xl font-semibold">{name}</h2>
          {operations
            .filter(({ operation }) => operation.tags.includes(name))
            .map((entry) => (
              <EndpointSection key={entry.path} {...entry} />
            ))}
        </section>
      ))}
      <section className="space-y-10">
        <h2 className="text-2xl font-semibold">Shapes</h2>
        {Object.entries(components.schemas).map(([name, shape]) => (
          <ShapeSection key={name} name={name} shape={shape as Shape} />
        ))}
      </section>
    </div>
  )
}
