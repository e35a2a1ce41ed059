'use client'

import { useState } from 'react'
import type { Hex } from 'viem'
import type { AnchorCheck } from '../../../lib/chain/substrate/checkAnchor'
import { useNetwork } from '../../_data/network'
import { Button } from '../../_ui/Button'
import { Notice } from '../../_ui/Notice'

type State =
  | { step: 'idle' | 'looking'; blocks: number }
  | { step: 'done'; check: AnchorCheck }
  | { step: 'failed'; message: string }

/** Looks for this settlement's digest in a second chain, from the reader's own browser. Only where there is such a chain. */
export function AnchorSearch({ id }: { id: Hex }) {
  const network = useNetwork()
  const [state, setState] = useState<State>({ step: 'idle', blocks: 0 })
  const { polkadot } = network
  if (!polkadot) return null
  const { url } = polkadot

  async function look() {
    setState({ step: 'looking', blocks: 0 })
    try {
      // Nobody else loads what speaks to Substrate chains.
      const [{ checkAnchor }, { readEvidence }, { anchorOf }] = await Promise.all([
        import('../../../lib/chain/substrate/checkAnchor'),
        import('./readEvidence'),
        import('../../../lib/protocol/anchor'),
      ])
      const { evidence, settled } = await readEvidence(network, network.rpcUrl, id)
      const check = await checkAnchor(url, anchorOf(evidence.domain, evidence.settlement), {
        settledAt: settled.challengeUntil - BigInt(evidence.params.challengeWindow),
        onProgress: (blocks) => setState({ step: 'looking', blocks }),
      })
      setState({ step: 'done', check })
    } catch (error) {
      setState({ step: 'failed', message: error instanceof Error ? error.message : 'The search broke off.' })
    }
  }

  const looking = state.step === 'looking'
  return (
    <section aria-labelledby="anchor" className="space-y-4">
      <h2 id="anchor" className="text-2xl font-semibold">
        Written down elsewhere
      </h2>
      <p className="text-muted max-w-prose text-sm">
        The keeper writes what was settled to a second chain, too, so that a history that was changed afterwards would
        not match. Your browser reads the settlement from its own chain and looks for exactly that in final blocks of
        the other. It shows that this outcome existed then; whether it is right, the checks above show.
      </p>
      <Button onClick={() => void look()} disabled={looking}>
        {looking ? `Looking … ${state.blocks} blocks` : 'Look for it'}
      </Button>
      {state.step === 'done' ? <Found check={state.check} /> : null}
      {state.step === 'failed' ? (
        <Notice tone="warn" title="The search could not be finished." live>
          <p>{state.message}</p>
        </Notice>
      ) : null}
    </section>
  )
}

function Found({ check }: { check: AnchorCheck }) {
  return (
    <div data-anchor={check.ok ? 'found' : 'missing'}>
      <Notice
        tone={check.ok ? 'plain' : 'warn'}
        title={check.ok ? 'It is there, word for word.' : 'It was not found.'}
        live
      >
        <p className="wrap-anywhere">{check.detail}</p>
        {check.ok ? null : (
          <p>That says nothing against the settlement: it may not be written yet, or lie in an older block.</p>
        )}
      </Notice>
    </div>
  )
}
