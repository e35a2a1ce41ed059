import { readFile } from 'node:fs/promises'
import { loadEnv, webEnv } from '../../lib/config/env'

/**
 * Intel's collateral as this server's operator keeps it, for enclaves that serve none: nobody can put a file into a
 * measured machine. It is signed by Intel, so that it does not matter whose copy it is. Null where there is none.
 */
export async function readOwnCollateral(): Promise<unknown> {
  const { ENCLAVE_COLLATERAL_FILE } = loadEnv(webEnv)
  if (ENCLAVE_COLLATERAL_FILE === undefined) return null
  try {
    return JSON.parse(await readFile(ENCLAVE_COLLATERAL_FILE, 'utf8'))
  } catch {
    return null
  }
}
