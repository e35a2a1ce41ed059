import { CHECKS, type Check, type CheckCode, type CheckName } from './checks'
import { Rejection } from './rejection'

const NAMES = Object.keys(CHECKS) as CheckName[]

/** Collects the results of checks; what fails is recorded, never thrown. */
export class Checklist {
  private readonly done = new Map<CheckName, Check>()
  /** Checks whose null means "not asked for"; any other null means that an earlier check failed. */
  private readonly idle = new Set<CheckName>()
  private validUntil = Infinity

  /**
   * Runs one check. Its value is passed on; undefined where it failed, and then what builds on it is not reached.
   *
   * @param evidence What the verdict says of a value that passed.
   */
  async run<T>(name: CheckName, body: () => T | Promise<T>, evidence: (value: T) => string): Promise<T | undefined> {
    try {
      const value = await body()
      this.done.set(name, { name, ok: true, detail: evidence(value), code: null })
      return value
    } catch (error) {
      // Whatever a parser throws at hostile bytes is a refusal too.
      const detail = error instanceof Rejection ? error.message : `unreadable: ${String(error)}`
      this.done.set(name, { name, ok: false, detail, code: CHECKS[name][0] })
      return undefined
    }
  }

  /** Records that nobody asked for a check, which then counts neither way. */
  skip(name: CheckName, detail: string): void {
    this.idle.add(name)
    this.done.set(name, { name, ok: null, detail, code: null })
  }

  /** Records a time, in Unix seconds, after which something relied on is no longer valid. */
  endsAt(time: number): void {
    this.validUntil = Math.min(this.validUntil, time)
  }

  /** Whether a check ran and passed. */
  passed(name: CheckName): boolean {
    return this.done.get(name)?.ok === true
  }

  /** Every check in order. `ok` only where each one that was asked for ran and passed. */
  finish(): { ok: boolean; code: CheckCode | null; checks: Check[]; validUntil: number | null } {
    const checks = NAMES.map(
      (name): Check =>
        this.done.get(name) ?? { name, ok: null, detail: 'not reached: an earlier check failed', code: null },
    )
    const ok = checks.every((check) => check.ok === true || this.idle.has(check.name))
    const code = checks.find((check) => check.ok === false)?.code ?? null
    return { ok, code, checks, validUntil: ok ? this.validUntil : null }
  }
}
