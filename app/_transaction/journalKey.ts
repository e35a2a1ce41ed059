/** Where the journal lies. Apart from it, so that a page can look whether there is one without loading what reads it. */
export const JOURNAL_KEY = 'subrosa.journal.v2'

/** Whether a job was under way when this browser last closed a page. */
export function hasJournal(): boolean {
  try {
    return localStorage.getItem(JOURNAL_KEY) !== null
  } catch {
    return false
  }
}
