/** What a check asks, for people: `lib/protocol/proof` names it and says what it found. */
const QUESTIONS: Record<string, string> = {
  chain: 'Does the chain hold this settlement?',
  terms: 'Are the terms those fixed at the opening?',
  leaves: 'Is every bid ever placed accounted for, none left out and none slipped in?',
  storage: 'Does the contract itself hold this outcome?',
  signature: 'Did the enclave sign this very outcome?',
  signer: 'Was that enclave admitted when it signed?',
  'sealing-key': 'Are the proofs about the key that bids were sealed to?',
  winners: 'Is the winner a bid that stood?',
  payments: 'Does the winner pay the price, and no more than was locked?',
  price: 'Does the price follow from what was opened on the chain?',
  'bundle-hash': 'Are these the proofs that the settlement named?',
  'bundle-format': 'Can the proofs be read?',
  'bundle-rows': 'Is every proof about a bid that stood?',
}

const DISPOSITIONS: [RegExp, string][] = [
  [/^won\b/, 'won, and outranks every other bid'],
  [/^lost\b/, 'was counted, and does not beat the winner'],
  [/^below-reserve\b/, 'was counted, and is below the reserve'],
  [/^uncovered\b/, 'was counted, and is above what it had locked'],
  [/^invalid\b/, 'is not a valid bid, and was left out for that'],
]

/** The seq of the bid that a check is about; null for the others. */
export function bidOf(name: string): number | null {
  const [, seq] = /^bid:(\d+)$/.exec(name) ?? []
  return seq === undefined ? null : Number(seq)
}

/** What a check was about, in words. Bids are counted from 1, as everywhere on these pages. */
export function checkInWords({ name, ok, detail }: { name: string; ok: boolean; detail: string }): string {
  const seq = bidOf(name)
  if (seq === null) return QUESTIONS[name] ?? name
  if (!ok) return `Bid ${seq + 1}: what the settlement says of it is not shown.`
  const words = DISPOSITIONS.find(([pattern]) => pattern.test(detail))?.[1]
  return `Bid ${seq + 1} ${words ?? 'was judged'}.`
}
