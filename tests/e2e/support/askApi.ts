import { z } from 'zod'
import { until } from './until'

/**
 * A resource of the API, checked against its schema. An index that is only just starting answers 503, as a page would
 * see it: it is asked again.
 *
 * @param path Below `/api/v1`.
 * @throws Error with the last answer where none is good.
 */
export async function askApi<Schema extends z.ZodType>(
  web: string,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  let last = ''
  const look = async () => {
    const answer = await fetch(`${web}/api/v1${path}`)
    if (answer.ok) return { body: schema.parse(await answer.json()) }
    last = `${answer.status} ${await answer.text()}`
    // An index that is a block behind knows nothing yet of what the chain has.
    if (answer.status < 500 && answer.status !== 404) throw new Error(`${path} answered ${last}`)
    return undefined
  }
  const found = await until(`answer to ${path}`, look).catch((cause: unknown) => {
    throw new Error(`The last answer was ${last}`, { cause })
  })
  return found.body
}

const countsSchema = z.object({ auction: z.object({ counts: z.object({ leaves: z.number(), live: z.number() }) }) })

/** Leaves and live bids of the auction whose page is at `path`, as the index has them. */
export async function askCounts(web: string, path: string): Promise<{ leaves: number; live: number }> {
  return (await askApi(web, path, countsSchema)).auction.counts
}
