import { join } from 'node:path'
import { getAddress, isAddress, type Address, type Hex } from 'viem'
import { InvalidArgumentError, type Command } from 'commander'
import { loadDeployment } from '../chain/loadDeployment'
import { verifyAuction } from './verifyAuction'

type Options = {
  rpc: string
  bundle?: string
  deployment: string
  contract?: Address
  fromBlock?: bigint
  anchor?: string
  anchorBlock?: Hex | bigint
  anchorAccount?: string
}

const MISUSE = 2

function auctionId(value: string): Hex {
  if (!/^0x[0-9a-fA-F]{64}$/.test(value)) throw new InvalidArgumentError('An auction id is 0x and 64 hex digits.')
  return value.toLowerCase() as Hex
}

function address(value: string): Address {
  if (!isAddress(value, { strict: false })) throw new InvalidArgumentError('Not an address.')
  return getAddress(value)
}

function blockNumber(value: string): bigint {
  if (!/^\d{1,18}$/.test(value)) throw new InvalidArgumentError('Not a block number.')
  return BigInt(value)
}

function chainUrl(value: string): string {
  if (!/^(https?|wss?):\/\//.test(value) || !URL.canParse(value))
    throw new InvalidArgumentError('Not an http(s) or ws(s) URL.')
  return value
}

function websocketUrl(value: string): string {
  if (!/^wss?:\/\//.test(value) || !URL.canParse(value)) throw new InvalidArgumentError('Not a ws(s) URL.')
  return value
}

function block(value: string): Hex | bigint {
  return /^0x[0-9a-fA-F]{64}$/.test(value) ? (value.toLowerCase() as Hex) : blockNumber(value)
}

/** Which contract, and from which block on; of a deployment file no more than that is believed. */
async function whereOf({
  contract,
  fromBlock,
  deployment,
}: Options): Promise<{ contract: Address; fromBlock: bigint }> {
  if (contract) return { contract, fromBlock: fromBlock ?? 0n }
  const { contracts, startBlock } = await loadDeployment(deployment)
  return { contract: contracts.auctions, fromBlock: fromBlock ?? BigInt(startBlock) }
}

async function run(id: Hex, options: Options): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const where = await whereOf(options).catch((error: unknown) => {
    say(`Which contract? No deployment file can be read at ${options.deployment}: name one, or give --contract.`)
    say(String(error instanceof Error ? error.message : error))
    process.exitCode = MISUSE
    return null
  })
  if (!where) return
  const { anchor: url, anchorBlock: at, anchorAccount: signer } = options
  if (url === undefined && (at !== undefined || signer !== undefined)) {
    say('--anchor-block and --anchor-account say more about --anchor, which is missing.')
    process.exitCode = MISUSE
    return
  }
  const anchor = url === undefined ? undefined : { url, at, signer }
  const verdict = await verifyAuction({ id, ...where, rpcUrl: options.rpc, bundle: options.bundle, anchor, say })
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  process.exitCode = verdict.ok ? 0 : 1
}

/** `subrosa verify auction ID`. PROTOCOL.md section 8, from a node's RPC and a bundle alone. */
export function configure(command: Command): void {
  const deploymentFile = join(process.env['SUBROSA_DIR'] || '.subrosa', 'deployment.json')
  command
    .command('auction')
    .description('whether an auction was settled by its rules')
    .argument('<id>', 'the auction', auctionId)
    .requiredOption(
      '--rpc <url>',
      'a node of the chain, a Polkadot Hub’s by ws(s): what it says about the chain is believed',
      chainUrl,
    )
    .option('--bundle <file or URL>', 'the proofs; a URL that ends in /bundles gets the hash added')
    .option('--contract <address>', 'the auction contract', address)
    .option('--from-block <number>', 'where to begin to look for events', blockNumber)
    .option(
      '--anchor <url>',
      'a node of the Substrate chain (ws) in which the settlement must be anchored',
      websocketUrl,
    )
    .option('--anchor-block <hash or number>', 'the block of the anchor; left out, it is searched for', block)
    .option('--anchor-account <address>', 'whose anchor it must be (SS58); left out, anyone’s')
    .option('--deployment <file>', 'names contract and first block where --contract does not', deploymentFile)
    .addHelpText(
      'after',
      `
Rebuilds bids, accumulator and winners from the contract's events, holds them against its storage, checks the enclave's
signature and its admission, and every proof of the bundle. Prints one JSON line:
  {"ok","checks":[{"name","ok","detail"}],"bids","invalid","unproven"}
bids: ever placed; invalid: live ones that count for nothing; unproven: what there are no proofs of, so that a settlement
without its bundle is not ok. With --anchor there is one more check, "anchor". Exit code 0 if ok, 1 if not, 2 if the command was not understood.`,
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : MISUSE))
    .action((id: Hex, options: Options) => run(id, options))
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : MISUSE))
}
