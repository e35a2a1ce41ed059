import type { JournalEntry } from './journal'
import type { Outcome } from './whatBecame'

type Words = { tone: 'plain' | 'yours' | 'warn'; title: string; text: string }

/**
 * What to say of a job that a closed page left behind.
 * @param over Whether the page has stopped looking.
 */
export function tellOutcome(entry: JournalEntry, outcome: Outcome | null, over: boolean): Words {
  if (!outcome) {
    return {
      tone: 'warn',
      title: 'Something was under way when you left',
      text: 'The chain does not answer now, so this page cannot say what became of it. Look in your wallet before you send it again.',
    }
  }
  switch (outcome.at) {
    case 'counted':
      return {
        tone: 'yours',
        title: outcome.what,
        text: `You left before the page could say so. It is in block ${outcome.block}.`,
      }
    case 'included':
      return { tone: 'plain', title: 'Done', text: `${entry.done} You left before the page could say so.` }
    case 'reverted':
      return {
        tone: 'warn',
        title: 'The chain refused what you sent',
        text: 'Nothing moved but the network fee. The page shows the state as it is now.',
      }
    case 'waiting':
      return {
        tone: 'plain',
        title: over ? 'Sent, but not included yet' : 'Sent: waiting for a block',
        text: 'You left while it was on its way. Do not send it twice: it may still be included.',
      }
    case 'gone':
      return {
        tone: 'warn',
        title: 'Sent, but the network does not know it',
        text: 'It was dropped or replaced: no block has it, and nothing of it is locked. Look in your wallet before you start again.',
      }
    case 'unsent':
      return outcome.asked
        ? {
            tone: 'plain',
            title: 'You left while the wallet was asking',
            text: `Nothing was sent, as far as the chain shows, and nothing is locked. If your wallet still shows the request, decline it there${over ? '.' : ', or approve it: this page is looking.'}`,
          }
        : {
            tone: 'plain',
            title: 'You left before the wallet was asked',
            text: 'Nothing was sent and nothing is locked. Start again when you are ready.',
          }
  }
}
