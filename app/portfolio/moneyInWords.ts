import { formatAmount, type Unit } from '../_format/amount'

/** Writes amounts of tokens whose units were looked up; in base units where a contract did not say. */
export type Money = (token: string, amount: string) => string

export function moneyWith(units: ReadonlyMap<string, Unit>): Money {
  return (token, amount) => {
    const unit = units.get(token.toLowerCase())
    return unit ? formatAmount(BigInt(amount), unit) : `${amount} base units`
  }
}
