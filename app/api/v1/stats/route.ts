import { readActivityStats, readEnclaveStats } from '../../../../lib/db/activityStats'
import { statsEndpoint } from '../_lib/endpoints'
import { toAddress } from '../_lib/hex'
import { serve } from '../_lib/serve'
import { toStatsWindow } from '../_lib/statsView'

export { OPTIONS } from '../_lib/cors'

const DAY = 86_400n

/** Counts and volumes of the last day, the last week and all time. */
export const GET = serve(statsEndpoint, async ({ tx, now }) => {
  const since = (seconds: bigint) => (now > seconds ? now - seconds : 0n)
  const windowOf = async (from: bigint) => toStatsWindow(from, await readActivityStats(tx, from))
  return {
    chainTime: Number(now),
    day: await windowOf(since(DAY)),
    week: await windowOf(since(7n * DAY)),
    all: await windowOf(0n),
    enclaves: (await readEnclaveStats(tx)).map(({ signer, settlements, lastSettledAt }) => ({
      signer: toAddress(signer),
      settlements,
      lastSettledAt: Number(lastSettledAt),
    })),
  }
})
