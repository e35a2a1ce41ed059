import { readFile } from 'node:fs/promises'
import { parseCollateral, type Collateral } from '../../protocol/attestation/tcb/collateral'

/** Intel's collateral takes some twenty kilobytes. */
const MAX_BYTES = 1024 * 1024

/**
 * Intel's collateral for this platform, which the operator fetches from a PCCS and replaces before it expires: read anew
 * each time. Nothing in it is trusted here; it is signed, and who verifies the quote checks that.
 *
 * @returns null where the file is missing or not of the form. Its reader then says that evidence is incomplete.
 */
export async function readCollateralFile(path: string): Promise<Collateral | null> {
  try {
    const text = await readFile(path, 'utf8')
    return text.length > MAX_BYTES ? null : parseCollateral(JSON.parse(text))
  } catch {
    return null
  }
}
