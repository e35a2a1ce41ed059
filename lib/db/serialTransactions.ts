import { PrismaPg } from '@prisma/adapter-pg'
import type { Transaction } from '@prisma/driver-adapter-utils'

/**
 * PostgreSQL's adapter, with the statements of a transaction sent one after the other, each once the last is answered.
 * Reads that run side by side in a transaction share its one connection, and pg deprecates a second query on a connection
 * that is busy.
 */
export class SerialTransactions extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const start = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolationLevel) => oneByOne(await start(isolationLevel))
    return adapter
  }
}

function oneByOne(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<Query, Answer>(ask: (query: Query) => Promise<Answer>): (query: Query) => Promise<Answer> {
    return (query) => {
      const answer = last.then(() => ask(query))
      last = answer.catch(() => undefined)
      return answer
    }
  }
  transaction.queryRaw = inTurn(transaction.queryRaw.bind(transaction))
  transaction.executeRaw = inTurn(transaction.executeRaw.bind(transaction))
  return transaction
}
