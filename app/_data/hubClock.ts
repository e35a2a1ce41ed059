/** The storage key of `timestamp.now`: twox128 of `Timestamp` and of `Now`. It is the same on every chain. */
const NOW_KEY = '0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb'
const PATIENCE_MS = 8_000

/** Asks a Polkadot Hub's node for its newest block's time, in Unix seconds, without any library: it is on every page. */
export async function readHubTime(url: string): Promise<number> {
  const socket = new WebSocket(url)
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      const fail = () => reject(new Error('The node does not answer.'))
      setTimeout(fail, PATIENCE_MS)
      socket.onerror = fail
      socket.onclose = fail
      socket.onmessage = ({ data }) => resolve(data)
      socket.onopen = () =>
        socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'state_getStorage', params: [NOW_KEY] }))
    })
    return readNow((JSON.parse(String(answer)) as { result?: unknown } | null)?.result)
  } finally {
    socket.close()
  }
}

/** @param value Eight bytes in hex: Unix milliseconds, the lowest byte first. */
export function readNow(value: unknown): number {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{16}$/i.test(value)) throw new Error('The node answered no time.')
  const bytes = value.slice(2).match(/../g) ?? []
  const seconds = Number(BigInt(`0x${bytes.reverse().join('')}`) / 1_000n)
  if (!Number.isSafeInteger(seconds) || seconds <= 0) throw new Error('The node answered no time.')
  return seconds
}
