import type { ChainConnection } from '../../../lib/chain/connection'
import type { Database } from '../../../lib/db/client'

/** The process was killed: nothing that it had begun is finished. */
export class Killed extends Error {
  override name = 'Killed'
}

/**
 * Lets a database and a connection count their steps together (statements and requests), and calls `onStep` before each.
 * Where that throws, every later step throws as well: a killed process sends nothing any more.
 */
export function countSteps(db: Database, connection: ChainConnection, onStep: (step: number) => void) {
  let steps = 0
  let death: unknown
  function step(): void {
    if (death) throw death as Error
    steps += 1
    try {
      onStep(steps)
    } catch (error) {
      death = error
      throw error
    }
  }
  const mortal = db.$extends({
    query: {
      async $allOperations({ args, query }) {
        step()
        return query(args) as Promise<unknown>
      },
    },
  })
  const counted =
    <Args extends unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      step()
      return ask(...args)
    }
  const requests: ChainConnection = {
    readChainId: counted(() => connection.readChainId()),
    readBlock: counted((id) => connection.readBlock(id)),
    readLogs: counted((filter) => connection.readLogs(filter)),
    readReceiptLogs: counted((hash) => connection.readReceiptLogs(hash)),
    readCallData: counted((where) => connection.readCallData(where)),
    call: counted((call, id) => connection.call(call, id)),
  }
  return { db: mortal as unknown as Database, connection: requests }
}
