import type { CheckRow } from '../../../CheckRows'

/** What a check asks, for people: `lib/protocol/book` names it and says what it found. */
const QUESTIONS: Record<string, string> = {
  evidence: 'Can what the chain says be read at all?',
  market: 'Are these the terms that the market was opened on?',
  leaves: 'Is every order and cancellation accounted for, none left out and none slipped in?',
  history: 'Do all settlements of this market follow one another as they must?',
  storage: 'Does the contract itself hold this outcome?',
  signature: 'Did the enclave sign this very outcome?',
  key: 'Are the orders sealed to the key that the contract has for this batch?',
  signer: 'Was that enclave admitted for the key when it signed?',
  turn: 'Was the batch settled after its end, in time, and in its turn?',
  'fills-hash': 'Are these the fills that were signed?',
  fills: 'Was every filled order there, not cancelled, and filled once?',
  sides: 'Was as much bought as sold, and by others than the sellers?',
  price: 'Did all trade at one price, inside the band around the last one?',
  blobs: 'Was every filled order a validly sealed one?',
  carried: 'Is the list of what became of each order the signed one, and does it fit the chain?',
  conservation: 'Do both tokens add up, fees included?',
  cover: 'Did every trader have, in this batch, what he gave?',
  margins: 'Replayed from the first deposit on: was nobody’s margin ever overdrawn?',
  status: 'Does the contract agree on where the batch stands?',
}

/** What a check was about, in words. */
export function batchCheckInWords({ name }: Pick<CheckRow, 'name'>): string {
  return QUESTIONS[name] ?? name
}
