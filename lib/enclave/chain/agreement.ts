import { SubrosaError } from '../../protocol/errors'
import type { Endpoint, EndpointFault, OnFault } from './endpoint'
import type { Header } from './header'

/**
 * How many of how many endpoints must agree, and on which chain. `graceMs`: how long the rest get to answer once as many
 * have as must agree, since nobody waits for one that hangs.
 */
export type Quorum = { endpoints: readonly Endpoint[]; threshold: number; chainId: bigint; graceMs: number }

type View = { endpoint: Endpoint; header: Header }

/**
 * The highest finalized header that `threshold` endpoints agree on. Endpoints lag, so heights are tried downwards from
 * the highest that enough of them call final; each votes only for what it calls final itself, so one honest endpoint
 * among those that agree is enough for the header to be final. Every header is hashed here. PROTOCOL.md section 10.
 *
 * @throws SubrosaError RPC_UNAVAILABLE where fewer than `threshold` answer, ENDPOINTS_DISAGREE where they do otherwise.
 */
export async function agreeOnFinalized(quorum: Quorum, onFault: OnFault): Promise<Header> {
  const { endpoints, threshold, graceMs } = quorum
  const answers = endpoints.map((endpoint) => viewOf(endpoint, quorum.chainId, onFault))
  const early = await enoughOf(answers, threshold, graceMs)
  const agreed = await agreeAmong(early.filter(isView), quorum, onFault)
  if (agreed) return agreed
  const all = early.includes(undefined) ? await Promise.all(answers) : early
  const late = early.includes(undefined) ? await agreeAmong(all.filter(isView), quorum, onFault) : null
  if (late) return late
  const silent = all.filter((answer) => answer === 'unavailable').length
  const code = endpoints.length - silent < threshold ? 'RPC_UNAVAILABLE' : 'ENDPOINTS_DISAGREE'
  throw new SubrosaError(code, { details: `no ${threshold} of ${endpoints.length} endpoints agree on a final header` })
}

const isView = (answer: View | EndpointFault | undefined): answer is View => typeof answer === 'object'

/** What an endpoint calls final, if it serves the right chain. Never rejects. */
async function viewOf(endpoint: Endpoint, chainId: bigint, onFault: OnFault): Promise<View | EndpointFault> {
  const answer = await finalizedOf(endpoint, chainId).catch(() => 'unavailable' as const)
  if (typeof answer !== 'string') return { endpoint, header: answer }
  onFault(endpoint.index, answer)
  return answer
}

async function finalizedOf(endpoint: Endpoint, chainId: bigint): Promise<Header | EndpointFault> {
  const [served, header] = await Promise.all([endpoint.connection.readChainId(), endpoint.readHeader('finalized')])
  return served === chainId ? header : 'wrong-chain'
}

/** Answers so far, a grace period after `enough` useful ones; undefined for those still to come. */
async function enoughOf<T extends object | string>(
  answers: Promise<T>[],
  enough: number,
  graceMs: number,
): Promise<(T | undefined)[]> {
  const known: (T | undefined)[] = answers.map(() => undefined)
  let useful = 0
  let grace: NodeJS.Timeout | undefined
  await new Promise<void>((resolve) => {
    answers.forEach((answer, index) => {
      void answer.then((value) => {
        known[index] = value
        if (typeof value === 'object') useful += 1
        if (useful >= enough) grace ??= setTimeout(resolve, graceMs)
        if (!known.includes(undefined)) resolve()
      })
    })
  })
  clearTimeout(grace)
  return known
}

async function agreeAmong(views: View[], quorum: Quorum, onFault: OnFault): Promise<Header | null> {
  const heights = views.map(({ header }) => header.number).sort((a, b) => Number(b - a))
  for (const height of new Set(heights.slice(quorum.threshold - 1))) {
    const voters = views.filter(({ header }) => header.number >= height)
    const agreed = await voteAt(height, voters, quorum, onFault)
    if (agreed) return agreed
  }
  return null
}

async function voteAt(height: bigint, voters: View[], quorum: Quorum, onFault: OnFault): Promise<Header | null> {
  const { threshold, graceMs } = quorum
  const votes = voters.map(async ({ endpoint, header }): Promise<View | EndpointFault> => {
    const vote =
      header.number === height ? header : await endpoint.readHeader(height).catch(() => 'unavailable' as const)
    if (typeof vote !== 'string') return { endpoint, header: vote }
    onFault(endpoint.index, vote)
    return vote
  })
  const early = await enoughOf(votes, threshold, graceMs)
  const decided = decide(early.filter(isView), threshold, onFault)
  if (decided || !early.includes(undefined)) return decided
  return decide((await Promise.all(votes)).filter(isView), threshold, onFault)
}

/** The one header with enough votes; none where two have, which a threshold of at most half allows. */
function decide(votes: View[], threshold: number, onFault: OnFault): Header | null {
  const count = (vote: string) => votes.filter(({ header }) => voteOf(header) === vote).length
  const [winner, rival] = [...new Set(votes.map(({ header }) => voteOf(header)))].filter(
    (vote) => count(vote) >= threshold,
  )
  if (!winner || rival) return null
  for (const { endpoint, header } of votes) if (voteOf(header) !== winner) onFault(endpoint.index, 'other-header')
  return votes.find(({ header }) => voteOf(header) === winner)?.header ?? null
}

/** A Hub's headers do not hold their time, so it is voted on as well. */
const voteOf = ({ hash, timestamp }: Header) => `${hash} ${timestamp}`
