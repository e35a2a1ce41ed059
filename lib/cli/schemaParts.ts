import { z } from 'zod'

/** A message that tells a missing field from a wrong one. */
export function rule(message: string) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : message) }
}

export function integer(min: number, max: number, message = `must be a whole number from ${min} to ${max}`) {
  return z.number(rule(message)).int(message).min(min, message).max(max, message)
}
