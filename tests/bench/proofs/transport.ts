/** JSON with bigints, for evidence on its way to a page. */
export function dehydrate(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'bigint' ? { $bigint: String(field) } : field,
  )
}

/** What `dehydrate` made text of. */
export function revive(text: string): unknown {
  return JSON.parse(text, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && '$bigint' in field ? BigInt(String(field.$bigint)) : field,
  )
}
