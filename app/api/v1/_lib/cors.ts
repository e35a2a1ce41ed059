/** Public data, readable from any site; never with credentials. */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Retry-After',
  'x-content-type-options': 'nosniff',
} as const

/** The answer to a browser that asks whether it may send these headers from another site. */
export function OPTIONS(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'If-None-Match, Last-Event-ID, Accept',
      'access-control-max-age': '86400',
      allow: 'GET, HEAD, OPTIONS',
    },
  })
}
