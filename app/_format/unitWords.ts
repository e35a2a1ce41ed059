/** Signs of the money that a symbol names: a dollar sign fits what calls itself a kind of US dollar, and nothing else. */
const SIGNS: readonly [RegExp, string][] = [
  [/^ETH$/, 'Ξ'],
  [/USD/, '$'],
  [/EUR/, '€'],
  [/GBP/, '£'],
]

/** What people may write beside an amount of this symbol. */
export function unitWords(symbol: string): string[] {
  return [symbol, ...SIGNS.filter(([symbols]) => symbols.test(symbol)).map(([, sign]) => sign)].filter(Boolean)
}
