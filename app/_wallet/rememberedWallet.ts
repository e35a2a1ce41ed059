const KEY = 'subrosa.wallet'
const LONGEST = 200

/** Which wallet was used last, and whether it is to be connected again. `id` as EIP-6963 has it, or one of ours. */
export type RememberedWallet = { id: string; connected: boolean }

/** @returns null where nothing is remembered, or nothing that can be read. */
export function readRememberedWallet(): RememberedWallet | null {
  try {
    const [state, id] = (localStorage.getItem(KEY) ?? '').split(':', 2)
    if (!id || id.length > LONGEST || (state !== 'on' && state !== 'off')) return null
    return { id, connected: state === 'on' }
  } catch {
    return null
  }
}

export function rememberWallet({ id, connected }: RememberedWallet): void {
  try {
    localStorage.setItem(KEY, `${connected ? 'on' : 'off'}:${id}`)
  } catch {
    // A browser that keeps nothing asks again after each load; that is no harm.
  }
}
