import { readReadiness } from '../_server/readiness'

export const dynamic = 'force-dynamic'

/** The process can do its work: 200, else 503. */
export async function GET(): Promise<Response> {
  const readiness = await readReadiness()
  return Response.json(
    { service: 'web', ...readiness },
    { status: readiness.ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
