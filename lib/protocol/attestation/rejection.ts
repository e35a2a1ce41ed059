/** Why evidence is refused, in words. Thrown inside the verifier only: its checklist turns it into a check's result. */
export class Rejection extends Error {
  override readonly name = 'Rejection'
}

/** @throws Rejection unless `condition` holds. */
export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Rejection(reason)
}
