'use client'

import { useState } from 'react'
import { useNetwork } from '../_data/network'
import { explain, type Problem } from '../_transaction/problem'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import { useWallet, useWalletSession } from './useWallet'

/** Says that the wallet is on another chain, and asks it for this one; in words where it will not. */
export function WrongChain() {
  const session = useWalletSession()
  const { chainId: walletChain, wallet } = useWallet()
  const { chainId, rpcUrl, hub } = useNetwork()
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)

  async function change() {
    setAsking(true)
    setProblem(null)
    try {
      await (await session.engine()).switchChain()
    } catch (error) {
      setProblem(explain(error))
    } finally {
      setAsking(false)
    }
  }

  return (
    <Notice tone="bad" title={`${wallet?.name ?? 'This wallet'} is on chain ${walletChain}`} live>
      <p>
        Subrosa here lives on chain {chainId}. Nothing can be sent from another chain by mistake: every bid names its
        chain.
      </p>
      <Button disabled={asking} onClick={() => void change()}>
        {asking ? 'Answer in your wallet…' : `Switch to chain ${chainId}`}
      </Button>
      {problem ? (
        <>
          <p className="font-semibold">
            {problem.code === 'USER_REJECTED'
              ? 'The wallet did not switch: the request was declined.'
              : 'The wallet did not switch.'}
          </p>
          <p>
            Switch inside the wallet. If it does not know the chain, add it there: chain {chainId},{' '}
            {hub ? (
              'with a node that speaks Ethereum’s RPC, which this site’s own does not.'
            ) : (
              <>
                node <span className="font-mono wrap-anywhere">{rpcUrl}</span>.
              </>
            )}
          </p>
        </>
      ) : null}
    </Notice>
  )
}
