import { loadEnv, webEnv } from '../../lib/config/env'

/** Whether the enclave that this server was told of answers. Its own word: nothing rests on it. */
export async function readEnclaveHealth(): Promise<boolean> {
  const { ENCLAVE_URL } = loadEnv(webEnv)
  try {
    const response = await fetch(new URL('/health', ENCLAVE_URL), {
      signal: AbortSignal.timeout(2_000),
      cache: 'no-store',
    })
    return response.ok
  } catch {
    return false
  }
}
