import { setTimeout as sleep } from 'node:timers/promises'
import type { Hex } from 'viem'
import type { AnchorBlock, AnchorNode } from '../../chain/anchorNode'
import { auctionLogPages } from '../../chain/auctionLogs'
import type { ChainConnection } from '../../chain/connection'
import { auctionDomain, type Deployment } from '../../chain/deployment'
import type { Logger } from '../../observe/logger'
import { anchorOf, decodeAnchor, encodeAnchor } from '../../protocol/anchor'
import { readOrigin } from '../followChain'
import { JournalHeld } from '../journal/lock'
import { AnchorState } from './anchorState'
import type { AnchorMetrics } from './metrics'
import type { SignedAnchor } from './records'

export type AnchoringOptions = {
  connection: ChainConnection
  deployment: Deployment
  node: AnchorNode
  /** What was anchored, and what is about to be. One for each account. */
  stateFile: string
  metrics: AnchorMetrics
  log: Logger
  /** Pause between two rounds. */
  pollMs?: number
}

export type Anchoring = {
  /** For `/ready`. `problem` is empty where rounds succeed. */
  status: () => { due: number; anchored: number; problem: string }
  stop: () => Promise<void>
  /** Rejects where it cannot go on: somebody else has taken its file. */
  ended: Promise<void>
}

const LONGEST_POLL_MS = 60_000
/** Rounds after which what is under way is offered again. */
const RESEND_ROUNDS = 15

/**
 * Writes the digest of each final settlement to a second chain, once. What is sent was written down before, whole, and
 * another transaction for the same settlement is signed only when that one can no longer get into any block; so it may be
 * killed at any time. It stands beside the keeper's other work, which does not wait for it.
 *
 * @throws JournalHeld where another process works with the state file.
 */
export async function startAnchoring(options: AnchoringOptions): Promise<Anchoring> {
  const { connection, deployment, node, metrics, log, pollMs = 2_000 } = options
  const stopping = new AbortController()
  const state = await AnchorState.open(options.stateFile, log)
  let began = false
  let problem = 'starting'
  /** Rounds since the transaction under way was last sent by this process. */
  let unsentFor = RESEND_ROUNDS

  async function begin(): Promise<void> {
    const [origin, anchorOrigin] = [await readOrigin(connection, deployment), await node.readOrigin()]
    const { chainId, contracts } = deployment
    const { account } = node
    await state.identify({ chainId, contract: contracts.auctions, origin, anchorOrigin, account })
    log.info({ account: await node.readAddress(), due: state.now.due.size }, 'anchoring settlements')
    began = true
  }

  /** The settlements of final blocks that came since. */
  async function readSettlements(): Promise<void> {
    const { read } = state.now
    const toBlock = (await connection.readBlock('finalized')).number
    const fromBlock = read === null ? BigInt(deployment.startBlock) : read + 1n
    if (toBlock < fromBlock) return
    const filter = { types: ['AuctionSettled'] as const, fromBlock, toBlock }
    for await (const page of auctionLogPages(connection, deployment, filter)) {
      const due = page.events.map(({ settlement }) => encodeAnchor(anchorOf(auctionDomain(deployment), settlement)))
      await state.record(...due.map((bytes) => ({ type: 'due' as const, bytes })), {
        type: 'read',
        block: page.toBlock,
      })
    }
  }

  /** What became of the transaction under way. */
  async function follow(signed: SignedAnchor, finalized: AnchorBlock, nonce: number): Promise<void> {
    const fields = { ...fieldsOf(signed.bytes), hash: signed.hash, nonce: signed.nonce }
    if (nonce > signed.nonce) {
      const found = await node.findInclusion(signed, finalized)
      if (!found) {
        await state.record({ type: 'dropped', bytes: signed.bytes, hash: signed.hash })
        metrics.anchor('superseded')
        log.warn(fields, 'another transaction of this account took the nonce; signing anew')
        return
      }
      await state.record({ type: 'anchored', bytes: signed.bytes, ...found })
      metrics.anchor(found.succeeded === false ? 'refused' : 'anchored')
      const where = { ...fields, block: found.number, blockHash: found.hash, index: found.index }
      if (found.succeeded === false) log.error(where, 'the chain took the remark and refused it')
      else log.info(where, 'settlement anchored')
    } else if (finalized.number >= signed.lastBlock) {
      await state.record({ type: 'dropped', bytes: signed.bytes, hash: signed.hash })
      metrics.anchor('expired')
      log.warn(fields, 'no block took it in its time; signing anew')
    } else if (++unsentFor > RESEND_ROUNDS) await send(signed)
  }

  async function signNext(finalized: AnchorBlock, nonce: number): Promise<void> {
    const [bytes] = state.now.due
    if (bytes === undefined || stopping.signal.aborted) return
    const signed = await node.sign(bytes, nonce, finalized)
    const record = { type: 'signed' as const, bytes, ...signed }
    await state.record(record)
    metrics.anchor('sent')
    await send(record)
  }

  /** What the node answers decides nothing: final blocks do. */
  async function send({ raw, bytes, hash }: SignedAnchor): Promise<void> {
    unsentFor = 0
    await node.broadcast(raw).catch((error: unknown) => {
      log.warn({ ...fieldsOf(bytes), hash, reason: reasonOf(error) }, 'the node did not take it; it will be sent again')
    })
  }

  async function round(): Promise<void> {
    if (!began) await begin()
    await readSettlements()
    const finalized = await node.readFinalized()
    const { nonce, free } = await node.readAccount(finalized)
    if (state.now.signed) await follow(state.now.signed, finalized, nonce)
    if (!state.now.signed) await signNext(finalized, nonce)
    metrics.show({ due: state.now.due.size, free })
  }

  async function run(): Promise<void> {
    let pause = pollMs
    while (!stopping.signal.aborted) {
      try {
        await round()
        ;[problem, pause] = ['', pollMs]
      } catch (error) {
        if (error instanceof JournalHeld) throw error
        pause = Math.min(pause * 2, LONGEST_POLL_MS)
        problem = reasonOf(error)
        log.error({ reason: problem, pauseMs: pause }, 'anchoring has to wait')
      }
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const running = run()
  let stopped: Promise<void> | undefined
  return {
    ended: running,
    status: () => ({ due: state.now.due.size, anchored: state.now.anchored.size, problem }),
    stop: () => (stopped ??= stop()),
  }

  async function stop(): Promise<void> {
    stopping.abort()
    await running.catch(() => undefined)
    await state.close()
    await node.close()
  }
}

function fieldsOf(bytes: Hex): { id: Hex | undefined } {
  return { id: decodeAnchor(bytes)?.id }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
