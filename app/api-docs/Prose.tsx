/** A sentence or more in which `backticks` mark what is code. */
export function Prose({ text }: { text: string }) {
  return (
    <p>
      {text.split('`').map((part, index) =>
        index % 2 === 1 ? (
          <code key={index} className="font-mono text-[0.92em] break-words">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </p>
  )
}
