/** The process lives. */
export function GET(): Response {
  return Response.json({ service: 'web' }, { headers: { 'cache-control': 'no-store' } })
}
