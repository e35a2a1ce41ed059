import type { Hex } from 'viem'
import { MAX_BUNDLE_BYTES } from '../protocol/proof/bundle'
import { isUrl, loadFile } from './loadFile'

/**
 * A bundle from a file or from wherever it is served; who serves it plays no part, since its hash is signed.
 *
 * @param source A URL that ends in `/bundles` is where bundles lie under their hashes.
 * @returns null where it is not to be had, which `say` is told.
 */
export async function loadBundle(
  source: string,
  proofHash: Hex,
  say: (line: string) => void,
): Promise<Uint8Array | null> {
  try {
    return await loadFile(isUrl(source) ? urlOf(source, proofHash) : source, MAX_BUNDLE_BYTES)
  } catch (error) {
    say(`The bundle cannot be had from ${source}: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

function urlOf(source: string, proofHash: Hex): string {
  const url = new URL(source)
  if (/\/bundles\/?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/$/, '')}/${proofHash}`
  return url.href
}
