import { ApiFailure } from './fetchApi'

/** Tries again twice, except where the server's answer will not change: it said that there is no such thing. */
export function retryQuery(failures: number, error: unknown): boolean {
  if (error instanceof ApiFailure && (error.code === 'NOT_FOUND' || error.code === 'INVALID_REQUEST')) return false
  return failures < 2
}
