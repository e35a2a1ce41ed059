import { z } from 'zod'

/** What a lot says of itself. `image` is a data URI of a picture, which the content security policy admits. */
export type LotMetadata = { name?: string | undefined; description?: string | undefined; image?: string | undefined }

const LONGEST_URI = 500_000
const PICTURE = /^data:image\/(svg\+xml|png|jpeg|gif|webp|avif)[;,]/

const schema = z.object({
  name: z.string().max(200).optional().catch(undefined),
  description: z.string().max(2_000).optional().catch(undefined),
  image: z.string().regex(PICTURE).optional().catch(undefined),
})

/**
 * Reads a token's `tokenURI`. Only data URIs: fetching anything else would tell its host who looks at which lot.
 * @returns null for every other URI, and for one that is not JSON.
 */
export function parseLotUri(uri: string): LotMetadata | null {
  if (uri.length > LONGEST_URI) return null
  const match = /^data:application\/json(?:;charset=[\w-]+)?(;base64)?,(.*)$/s.exec(uri)
  if (!match) return null
  try {
    const text = match[1] ? decodeBase64(match[2] ?? '') : decodeURIComponent(match[2] ?? '')
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function decodeBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))
}
