import type { BatchVerdict } from '../../../../../lib/protocol/book/batchVerdict'
import type { VerdictWords } from '../../../VerdictPanel'

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

/** What a batch's verdict means to someone who has never heard of an accumulator. */
export function batchVerdictInWords(verdict: BatchVerdict): VerdictWords {
  const { ok, checks, status, unproven } = verdict
  const failed = checks.filter((check) => !check.ok)
  if (ok && status === 'void') {
    return {
      tone: 'good',
      title: 'This batch is void, and that is right.',
      lines: ['Nobody settled it in time, so nothing traded. Orders that stay wait for the next batch.'],
    }
  }
  if (ok)
    return { tone: 'good', title: 'All that the chain can show of this batch is right.', lines: goodLines(verdict) }
  const onlyWaits = failed.every(({ name }) => name === 'status') && unproven.includes('settlement')
  if (onlyWaits) {
    const why = status === 'open' ? 'The batch still takes orders.' : 'The batch waits to be settled.'
    return { tone: 'plain', title: 'There is nothing to check yet.', lines: [why, 'Come back once it is settled.'] }
  }
  const names = failed.slice(0, 5).map(({ name }) => name)
  return {
    tone: 'bad',
    title: 'This batch does not check out.',
    lines: [
      `${failed.length} of ${many(checks.length, 'check', 'checks')} failed: ${names.join(', ')}${failed.length > names.length ? ' …' : ''}.`,
      'Either the settlement is wrong or the node that your browser asks is. Ask another node before you rely on either.',
    ],
  }
}

function goodLines({ checks, orders, fills, invalid, status, unproven }: BatchVerdict): string[] {
  const traded =
    fills === 0
      ? 'No order was filled.'
      : `${many(fills, 'order was', 'orders were')} filled, all at one price, with money that their traders had.`
  return [
    `All ${many(checks.length, 'check', 'checks')} passed, over ${many(orders, 'order', 'orders')} placed in this batch. ${traded}`,
    ...(invalid > 0 ? [`${many(invalid, 'order was', 'orders were')} not validly sealed, and got nothing.`] : []),
    ...(status === 'settled' ? ['It is not final yet: its settlement can still be taken back.'] : []),
    ...(unproven.includes('carried')
      ? ['The list of what became of each order was not to be had, here or now: it was not looked at.']
      : []),
    ...(unproven.includes('carried-before') && !unproven.includes('carried')
      ? [
          'The list of the batch before was not to be had: whether an order that had ended traded again was not looked at.',
        ]
      : []),
    ...(unproven.length > 0
      ? [
          'Whether the enclave used the right price inside the band, and kept every sealed limit, nobody else can see: that part is its word.',
        ]
      : []),
  ]
}
