import type { NextSteps } from './nextSteps'

/** Next steps, as the page writes them. */
export function StepsInWords({ steps: { title, lines } }: { steps: NextSteps }) {
  return (
    <>
      <p className="mt-1 font-serif text-xl font-semibold">{title}</p>
      {lines.map((line) => (
        <p key={line} className="mt-1 max-w-prose text-sm">
          {line}
        </p>
      ))}
    </>
  )
}
