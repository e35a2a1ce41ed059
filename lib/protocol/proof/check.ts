/** One thing looked at. `detail` says what was found, in words. */
export interface Check {
  name: string
  ok: boolean
  detail: string
}

/** What is wrong, in words; null where nothing is. */
export type Finding = string | null

/** `right`: what it means that nothing wrong was found. */
export function check(name: string, wrong: Finding, right: string): Check {
  return { name, ok: wrong === null, detail: wrong ?? right }
}
