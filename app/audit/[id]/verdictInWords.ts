import type { SettlementVerdict } from '../../../lib/protocol/proof/verifySettlement'
import type { VerdictWords } from '../VerdictPanel'
import { bidOf } from './checkInWords'

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

/** What a verdict means to someone who has never heard of a proof. */
export function verdictInWords({ ok, checks, bids, invalid, unproven }: SettlementVerdict): VerdictWords {
  const failed = checks.filter((check) => !check.ok)
  const warning =
    invalid > 0
      ? [
          `${many(invalid, 'standing bid was', 'standing bids were')} invalid and counted for nothing. That can be an accident; an enclave and a bidder who work together could also use it to take a bid back after the close.`,
        ]
      : []
  if (ok) {
    return {
      tone: 'good',
      title: 'This auction was settled by its rules.',
      lines: [
        `All ${many(checks.length, 'check', 'checks')} passed, over ${many(bids, 'bid', 'bids')}. Every bid that stood was counted, and winner and price follow from them. Bids that lost stay sealed.`,
        ...warning,
      ],
    }
  }
  if (failed.length > 0) {
    const names = failed.slice(0, 5).map(({ name }) => name)
    // A copy that is not the one signed for says something of who serves it, and nothing of the settlement.
    const isCopy = failed.every(({ name }) => name === 'bundle-hash')
    return {
      tone: 'bad',
      title: isCopy ? 'These are not the proofs that the settlement named.' : 'This settlement does not check out.',
      lines: [
        `${failed.length} of ${many(checks.length, 'check', 'checks')} failed: ${names.join(', ')}${failed.length > names.length ? ' …' : ''}.`,
        isCopy
          ? 'What this site serves was changed or mixed up, so it proves nothing. Fetch it from the enclave itself: the command below takes any address for --bundle.'
          : 'Do not rely on this result.',
        ...(unproven.length > 0 ? [unprovenLine(unproven)] : []),
        ...warning,
      ],
    }
  }
  return {
    tone: 'plain',
    title: 'Not proven.',
    lines: [
      `What the chain alone can show is right: ${many(checks.length, 'check', 'checks')} passed. The rest is the enclave’s word.`,
      unprovenLine(unproven),
      ...warning,
    ],
  }
}

function unprovenLine(unproven: readonly string[]): string {
  const seqs = unproven.map(bidOf).filter((seq) => seq !== null)
  const which = seqs
    .slice(0, 8)
    .map((seq) => seq + 1)
    .join(', ')
  if (seqs.length === 0) return 'Nothing is shown about the bids.'
  return `Unproven: what became of ${seqs.length === 1 ? 'bid' : 'bids'} ${which}${seqs.length > 8 ? ` and ${seqs.length - 8} more` : ''}.`
}
