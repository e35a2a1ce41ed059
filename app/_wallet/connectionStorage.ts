import { noopStorage } from 'wagmi'

/**
 * Where wagmi remembers the connection. A browser that forbids storage throws at the mere mention of it, and would
 * take the whole page down with it: there the wallet is simply asked again after each load.
 */
export function connectionStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    if (typeof window === 'undefined') return noopStorage
    const { localStorage } = window
    return {
      getItem: (key) => localStorage.getItem(key),
      removeItem: (key) => localStorage.removeItem(key),
      setItem: (key, value) => {
        try {
          localStorage.setItem(key, value)
        } catch {
          // Full: not remembering the connection is no harm.
        }
      },
    }
  } catch {
    return noopStorage
  }
}
