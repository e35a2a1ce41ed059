/** What an error means to the person who meets it. PROTOCOL.md section 12. */
export interface ErrorText {
  /** What happened. */
  what: string
  /** What it means for his money. */
  money: string
  /** What to do next. */
  next: string
}

export const UNTOUCHED = 'No money moved.'
export const STILL_LOCKED = 'Your collateral stays locked in the contract, where only your own claim can move it.'
