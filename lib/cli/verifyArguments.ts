import { join } from 'node:path'
import { getAddress, isAddress, type Address, type Hex } from 'viem'
import { InvalidArgumentError, type Command } from 'commander'
import type { Room } from '../chain/deployment'
import { loadDeployment } from '../chain/loadDeployment'

/** What every kind of settlement is verified with. */
export type VerifyOptions = { rpc: string; deployment: string; contract?: Address; fromBlock?: bigint }

/** Exit code where the command was not understood. */
export const MISUSE = 2

/** Leaves the program as a command that was not understood, whatever commander would have said. */
export const exitOnMisuse = ({ exitCode }: { exitCode: number }) => process.exit(exitCode === 0 ? 0 : MISUSE)

export function parseId(value: string): Hex {
  if (!/^0x[0-9a-fA-F]{64}$/.test(value)) throw new InvalidArgumentError('An id is 0x and 64 hex digits.')
  return value.toLowerCase() as Hex
}

export function parseBatchId(value: string): bigint {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError('A batch has a number, from 1.')
  return BigInt(value)
}

function parseAddress(value: string): Address {
  if (!isAddress(value, { strict: false })) throw new InvalidArgumentError('Not an address.')
  return getAddress(value)
}

function parseBlockNumber(value: string): bigint {
  if (!/^\d{1,18}$/.test(value)) throw new InvalidArgumentError('Not a block number.')
  return BigInt(value)
}

function parseChainUrl(value: string): string {
  if (!/^(https?|wss?):\/\//.test(value) || !URL.canParse(value))
    throw new InvalidArgumentError('Not an http(s) or ws(s) URL.')
  return value
}

export function parseWebsocketUrl(value: string): string {
  if (!/^wss?:\/\//.test(value) || !URL.canParse(value)) throw new InvalidArgumentError('Not a ws(s) URL.')
  return value
}

/** By hash or number. */
export function parseBlock(value: string): Hex | bigint {
  return /^0x[0-9a-fA-F]{64}$/.test(value) ? (value.toLowerCase() as Hex) : parseBlockNumber(value)
}

/** Declares the options that every kind has. */
export function addVerifyOptions(command: Command): Command {
  const deploymentFile = join(process.env['SUBROSA_DIR'] || '.subrosa', 'deployment.json')
  return command
    .requiredOption(
      '--rpc <url>',
      'a node of the chain, a Polkadot Hub’s by ws(s): what it says about the chain is believed',
      parseChainUrl,
    )
    .option('--contract <address>', 'the contract', parseAddress)
    .option('--from-block <number>', 'where to begin to look for events', parseBlockNumber)
    .option('--deployment <file>', 'names contract and first block where --contract does not', deploymentFile)
    .exitOverride(exitOnMisuse)
}

/**
 * Which contract, and from which block on; of a deployment file no more than that is believed.
 *
 * @returns null where neither is named, which `say` and the exit code tell.
 */
export async function whereOf(
  room: Room,
  { contract, fromBlock, deployment }: VerifyOptions,
  say: (line: string) => void,
): Promise<{ contract: Address; fromBlock: bigint } | null> {
  if (contract) return { contract, fromBlock: fromBlock ?? 0n }
  try {
    const { contracts, startBlock } = await loadDeployment(deployment)
    return { contract: contracts[room], fromBlock: fromBlock ?? BigInt(startBlock) }
  } catch (error) {
    say(`Which contract? No deployment file can be read at ${deployment}: name one, or give --contract.`)
    say(String(error instanceof Error ? error.message : error))
    process.exitCode = MISUSE
    return null
  }
}
