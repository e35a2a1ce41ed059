import type { SealingKey } from '../_data/readSealingKeys'
import type { Network } from '../_data/network'
import { formatSpan } from '../_format/time'
import { Hash } from '../_ui/Hash'
import { Moment } from '../_ui/Moment'
import { Notice } from '../_ui/Notice'
import { Tag } from '../_ui/Tag'
import { Term, Terms } from '../_ui/Terms'
import { isLostEnclave } from './demonstration'
import { KeyEntry } from './KeyEntry'
import { keyStanding } from './keyStanding'

/** Blocks that the index is behind in the course of reading a new one. */
const USUAL_LAG = 2
/** Without a word for longer, the indexer has stopped. */
const SILENT_SECONDS = 60

const CONTRACTS = [
  ['auctions', 'Auctions and balances'],
  ['book', 'Order book and its balances'],
  ['registry', 'Register of enclaves'],
  ['verifier', 'Judge of their evidence'],
  ['demoToken', 'Demo dollar'],
  ['demoBase', 'Demo grain'],
  ['demoLots', 'Demo pieces'],
  ['demoEditions', 'Demo editions'],
] as const

/** Where the index is. `silence`: seconds since the indexer last looked. */
export type IndexFacts = {
  block: number
  lagBlocks: number
  silence: number
  bids: number
  bidders: number
  auctions: number
  markets: number
  orders: number
  mismatches: number
  madeAt: number
}

type Props = {
  network: Network
  index: IndexFacts
  /** Null: the node did not answer. */
  keys: readonly SealingKey[] | null
  enclaveAnswers: boolean
}

/** Keys, contracts, and how fresh what the pages show is. */
export function NetworkView({ network, index, keys, enclaveAnswers }: Props) {
  const { chainId, contracts } = network
  return (
    <div className="grid gap-x-12 gap-y-12 lg:grid-cols-2">
      <section aria-labelledby="keys" className="space-y-6">
        <div>
          <h2 id="keys" className="text-2xl font-semibold">
            Enclaves and their keys
          </h2>
          <p className="text-muted mt-1 text-sm">
            Bids and orders are sealed to the key of an epoch. Only an enclave that holds it can open them, and only the
            signers named here can sign an outcome.
          </p>
        </div>
        {keys === null ? (
          <Notice tone="warn" title="The keys could not be read.">
            <p>The chain’s node does not answer. Bids already sealed are not affected; this page looks again.</p>
          </Notice>
        ) : null}
        {keys?.length === 0 ? (
          <p className="text-muted text-sm">No enclave is registered yet, so no auction can open.</p>
        ) : null}
        {keys &&
          inOrder(keys, index.madeAt).map((key) => (
            <KeyEntry
              key={key.keyId}
              entry={key}
              now={index.madeAt}
              demonstration={isLostEnclave(chainId, key.operator)}
            />
          ))}
      </section>
      <div className="space-y-12">
        <section aria-labelledby="freshness" className="space-y-4">
          <h2 id="freshness" className="text-2xl font-semibold">
            Running
          </h2>
          <Terms>
            <Term name="Chain">{chainId === 31337 ? `Local chain (${chainId}), worth nothing` : chainId}</Term>
            <Term name="Chain time">
              <Moment at={index.madeAt} />
            </Term>
            <Term name="Index">
              <Health
                good={index.lagBlocks <= USUAL_LAG && index.silence < SILENT_SECONDS}
                words={indexInWords(index)}
              />
            </Term>
            <Term name="Enclave">
              <Health
                good={enclaveAnswers}
                words={
                  enclaveAnswers
                    ? 'Answers this server'
                    : 'Does not answer this server. Settlements wait; what is locked stays safe and is refunded if they never come'
                }
              />
            </Term>
            <Term name="Index against chain">
              <Health
                good={index.mismatches === 0}
                words={
                  index.mismatches === 0
                    ? 'Every auction’s bids and every batch’s orders fold to what the contracts hold'
                    : `${index.mismatches} auctions or batches disagree with the contracts: trust the chain`
                }
              />
            </Term>
            <Term name="So far">
              {index.auctions} auctions, {index.bids} sealed bids by {index.bidders} addresses; {index.markets} markets,{' '}
              {index.orders} sealed orders
            </Term>
          </Terms>
        </section>
        <section aria-labelledby="contracts" className="space-y-4">
          <h2 id="contracts" className="text-2xl font-semibold">
            Contracts
          </h2>
          <Terms>
            {CONTRACTS.map(([name, label]) => {
              const address = contracts[name]
              return address ? (
                <Term key={name} name={label}>
                  <Hash value={address} label={label} kind="address" />
                </Term>
              ) : null
            })}
          </Terms>
          <p className="text-muted text-sm">
            No one can change them, pause them, or reach what they hold: there is no administrator.
          </p>
        </section>
      </div>
    </div>
  )
}

/** Those that may be used now first, then the newer before the older. */
function inOrder(keys: readonly SealingKey[], now: number): SealingKey[] {
  const rank = (key: SealingKey) => (keyStanding(key, now) === 'in use' ? 0 : 1)
  return [...keys].sort((a, b) => rank(a) - rank(b) || Number(b.epoch - a.epoch))
}

function Health({ good, words }: { good: boolean; words: string }) {
  return (
    <>
      <Tag tone={good ? 'open' : 'warn'}>{good ? 'fine' : 'late'}</Tag> {words}
    </>
  )
}

function indexInWords({ block, lagBlocks, silence }: IndexFacts): string {
  const where = lagBlocks <= USUAL_LAG ? `Up to date, block ${block}` : `${lagBlocks} blocks behind, at block ${block}`
  return silence < SILENT_SECONDS ? where : `${where}; last heard of ${formatSpan(silence)} ago`
}
