import type { Hex } from 'viem'
import type { Command } from 'commander'
import type { CarriedSources } from './loadCarried'
import {
  addVerifyOptions,
  exitOnMisuse,
  MISUSE,
  parseBatchId,
  parseBlock,
  parseId,
  parseWebsocketUrl,
  whereOf,
  type VerifyOptions,
} from './verifyArguments'
import { verifyAuction } from './verifyAuction'
import { verifyMarketBatch } from './verifyMarketBatch'

type AuctionOptions = VerifyOptions & {
  bundle?: string
  anchor?: string
  anchorBlock?: Hex | bigint
  anchorAccount?: string
}

const say = (line: string) => process.stderr.write(`${line}\n`)

function answer(verdict: { ok: boolean }): void {
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  process.exitCode = verdict.ok ? 0 : 1
}

async function runAuction(id: Hex, options: AuctionOptions): Promise<void> {
  const where = await whereOf('auctions', options, say)
  if (!where) return
  const { anchor: url, anchorBlock: at, anchorAccount: signer } = options
  if (url === undefined && (at !== undefined || signer !== undefined)) {
    say('--anchor-block and --anchor-account say more about --anchor, which is missing.')
    process.exitCode = MISUSE
    return
  }
  const anchor = url === undefined ? undefined : { url, at, signer }
  answer(await verifyAuction({ id, ...where, rpcUrl: options.rpc, bundle: options.bundle, anchor, say }))
}

async function runBatch(marketId: Hex, batchId: bigint, options: VerifyOptions & CarriedSources): Promise<void> {
  const where = await whereOf('book', options, say)
  if (!where) return
  const { carried, carriedBefore, rpc } = options
  answer(await verifyMarketBatch({ marketId, batchId, ...where, rpcUrl: rpc, carried, carriedBefore, say }))
}

const EXIT_CODES = 'Exit code 0 if ok, 1 if not, 2 if the command was not understood.'

/** `subrosa verify`: from a node's RPC, and for auctions a bundle, alone. PROTOCOL.md sections 8 and 11. */
export function configure(command: Command): void {
  const auction = command
    .command('auction')
    .description('whether an auction was settled by its rules')
    .argument('<id>', 'the auction', parseId)
    .option('--bundle <file or URL>', 'the proofs; a URL that ends in /bundles gets the hash added')
    .option(
      '--anchor <url>',
      'a node of the Substrate chain (ws) in which the settlement must be anchored',
      parseWebsocketUrl,
    )
    .option('--anchor-block <hash or number>', 'the block of the anchor; left out, it is searched for', parseBlock)
    .option('--anchor-account <address>', 'whose anchor it must be (SS58); left out, anyone’s')
  addVerifyOptions(auction)
    .addHelpText(
      'after',
      `
Rebuilds bids, accumulator and winners from the contract's events, holds them against its storage, checks the enclave's
signature and its admission, and every proof of the bundle. Prints one JSON line:
  {"ok","checks":[{"name","ok","detail"}],"bids","invalid","unproven"}
bids: ever placed; invalid: live ones that count for nothing; unproven: what there are no proofs of, so that a settlement
without its bundle is not ok. With --anchor there is one more check, "anchor". ${EXIT_CODES}`,
    )
    .action(runAuction)
  const batch = command
    .command('batch')
    .description('whether a batch of the hidden order book was settled by what the chain can show')
    .argument('<market>', 'the market', parseId)
    .argument('<batch>', 'its number', parseBatchId)
    .option(
      '--carried <file or URL>',
      'the list of what became of its orders, as an enclave or the API serves it; left out, the enclave is asked for it',
    )
    .option('--carried-before <file or URL>', 'that of the batch settled last before; left out, asked for likewise')
  addVerifyOptions(batch)
    .addHelpText(
      'after',
      `
Rebuilds orders, accumulator, fills, prices and every margin from the contract's events since the market's beginning, holds
them against its storage, and checks the enclave's signature and its admission, and the list of what became of the orders
against the signed hash and all of these. Where it is, the registry says; with --carried FILE nobody but the node is asked.
Prints one JSON line:
  {"ok","checks":[{"name","ok","detail"}],"status","orders","fills","invalid","unproven"}
orders: placed in the batch; invalid: those of them that are so on public evidence; fills: orders that it filled; unproven:
what rests on the enclave's word, since markets have no proofs yet: which price inside band and limits was right, that
limits were kept, the sharing of lots at the price, why an order got nothing; "carried" where the list was not to be had.
${EXIT_CODES}`,
    )
    .action(runBatch)
  command.exitOverride(exitOnMisuse)
}
