import { decodeFunctionResult, encodeFunctionData, erc20Abi, zeroAddress, type Address } from 'viem'
import type { BookEvent } from '../../chain/book/events'
import type { ChainConnection } from '../../chain/connection'
import { CallRefused, ContractRevert } from '../../chain/errors'
import { SubrosaError } from '../../protocol/errors'
import type { TokenFacts } from './toMarketRow'

/** The native coin, as viem describes the chains that have none of their own description. */
const NATIVE: TokenFacts = { symbol: 'ETH', decimals: 18 }
const LONGEST_SYMBOL = 20

/**
 * What the tokens of new markets say of themselves, by address in lower case. They are anybody's contracts: whatever is
 * not a short text and a small number is left out.
 *
 * @throws SubrosaError RPC_UNAVAILABLE
 */
export async function readTokens(
  connection: ChainConnection,
  events: readonly BookEvent[],
): Promise<Map<string, TokenFacts>> {
  const created = events.filter((event) => event.type === 'MarketCreated')
  const tokens = new Map<string, TokenFacts>()
  for (const address of created.flatMap(({ params }) => [params.base, params.quote])) {
    const key = address.toLowerCase()
    if (!tokens.has(key)) tokens.set(key, address === zeroAddress ? NATIVE : await readToken(connection, address))
  }
  return tokens
}

async function readToken(connection: ChainConnection, to: Address): Promise<TokenFacts> {
  const ask = async (functionName: 'symbol' | 'decimals') => {
    const call = { abi: erc20Abi, functionName }
    try {
      const data = await connection.call({ to, data: encodeFunctionData(call), method: functionName })
      return decodeFunctionResult<typeof erc20Abi, 'symbol' | 'decimals'>({ ...call, data })
    } catch (error) {
      // It has no such function, answers nonsense, or keeps the node busy until that gives up: none of it may stop the
      // index. A node that is away says nothing of the token.
      const isTokens = error instanceof ContractRevert || error instanceof CallRefused
      if (error instanceof SubrosaError && !isTokens) throw error
      return null
    }
  }
  const [symbol, decimals] = [await ask('symbol'), await ask('decimals')]
  return {
    symbol: typeof symbol === 'string' ? printable(symbol) : null,
    decimals: typeof decimals === 'number' ? decimals : null,
  }
}

/** Nothing that a database refuses or a page would have to hide. */
function printable(text: string): string | null {
  const shown = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return shown === '' ? null : Array.from(shown).slice(0, LONGEST_SYMBOL).join('')
}
