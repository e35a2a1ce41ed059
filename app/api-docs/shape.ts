/** As much of JSON Schema as the API's document uses. */
export type Shape = {
  $ref?: string
  type?: string
  description?: string
  enum?: readonly string[]
  const?: unknown
  pattern?: string
  minimum?: number
  maximum?: number
  default?: unknown
  items?: Shape
  anyOf?: readonly Shape[]
  oneOf?: readonly Shape[]
  properties?: Record<string, Shape>
  additionalProperties?: Shape | boolean
  propertyNames?: Shape
  required?: readonly string[]
}

/** A piece of a type in words; `ref` names another shape. */
export type Word = string | { ref: string }

const PATTERNS: readonly [RegExp, string][] = [
  [/\{64\}/, '32 bytes as hex'],
  [/\{40\}/, 'address'],
  [/\(\?:\[0-9a-f\]\{2\}\)\*/, 'bytes as hex'],
  [/\{0,77\}/, 'decimal string'],
]

/** What a value is, in the fewest words that say it. */
export function wordsFor(shape: Shape): Word[] {
  if (shape.$ref !== undefined) return [{ ref: shape.$ref.replace(/^.*\//, '') }]
  const choices = shape.anyOf ?? shape.oneOf
  if (choices)
    return choices.flatMap((choice, index) => (index === 0 ? wordsFor(choice) : [' or ', ...wordsFor(choice)]))
  if (shape.const !== undefined) return [JSON.stringify(shape.const)]
  if (shape.enum) return [shape.enum.join(' | ')]
  if (shape.items) return ['list of ', ...wordsFor(shape.items)]
  if (shape.pattern !== undefined) return [PATTERNS.find(([of]) => of.test(shape.pattern ?? ''))?.[1] ?? 'string']
  return [shape.type ?? 'anything']
}

/** The bounds of a number and what stands for a missing value, where the document names any. */
export function boundsOf({ minimum, maximum, default: fallback }: Shape): string {
  const largest = Number.MAX_SAFE_INTEGER
  const bounded = minimum !== undefined && maximum !== undefined && maximum < largest
  const range = bounded ? `${minimum} to ${maximum}` : ''
  return [range, fallback === undefined ? '' : `default ${JSON.stringify(fallback)}`].filter(Boolean).join(', ')
}
