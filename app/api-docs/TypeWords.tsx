import { wordsFor, type Shape } from './shape'

/** A value's type in words, shapes linked. */
export function TypeWords({ shape }: { shape: Shape }) {
  return (
    <span className="font-mono text-[0.92em] break-words">
      {wordsFor(shape).map((word, index) =>
        typeof word === 'string' ? (
          word
        ) : (
          <a key={index} href={`#shape-${word.ref}`} className="underline">
            {word.ref}
          </a>
        ),
      )}
    </span>
  )
}
