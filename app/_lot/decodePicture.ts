const PICTURE = /^data:(image\/(?:svg\+xml|png|jpeg|gif|webp|avif))(?:;charset=[\w-]+)?(;base64)?,(.*)$/s

/** @returns the bytes of a picture that a data URI holds; null for any other URI, and for one that is malformed. */
export function decodePicture(uri: string): { type: string; bytes: Uint8Array<ArrayBuffer> } | null {
  const [, type, base64, body] = PICTURE.exec(uri) ?? []
  if (type === undefined || body === undefined) return null
  try {
    const bytes = base64
      ? Uint8Array.from(atob(body), (character) => character.charCodeAt(0))
      : new TextEncoder().encode(decodeURIComponent(body))
    return { type, bytes }
  } catch {
    return null
  }
}
