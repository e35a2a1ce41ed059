import type { Batch } from '../../api/v1/_schemas/batch'

/** A batch's standing in a word and some more, which end with a time where there is one, Unix seconds. */
export type BatchWords = { name: string; tone: 'plain' | 'open' | 'warn'; text: string; at: number | null }

/** Where a batch stands, for a table. PROTOCOL.md section 11. */
export function batchInWords(
  batch: Pick<Batch, 'status' | 'settlement' | 'endsAt' | 'settleBy' | 'strikes'>,
): BatchWords {
  const { status, settlement, endsAt, settleBy } = batch
  switch (status) {
    case 'open':
      return { name: 'Open', tone: 'open', text: 'takes orders until', at: endsAt }
    case 'waiting':
      return { name: 'Waiting', tone: 'plain', text: 'for the enclave; void if unsettled by', at: settleBy }
    case 'settled':
      return {
        name: 'Settled',
        tone: 'plain',
        text: 'can be challenged until',
        at: settlement?.challengeUntil ?? null,
      }
    case 'final':
      return {
        name: 'Final',
        tone: 'plain',
        text: settlement && settlement.fillCount > 0 ? 'ended' : 'nothing traded; ended',
        at: endsAt,
      }
    case 'void':
      return { name: 'Void', tone: 'warn', text: 'nobody settled it in time: nothing traded. Ended', at: endsAt }
    case 'struck':
      return {
        name: 'Struck',
        tone: 'warn',
        text: 'its settlement was taken back; void if not settled again by',
        at: settleBy,
      }
  }
}
