import './zodWithoutEval'
import { BUILD_TRUST } from '../_attest/buildTrust'
import { judge, type Question } from '../_attest/judge'
import type { Verdict } from '../../lib/protocol/attestation/verdict'

export type AttestAnswer = { ok: true; verdict: Verdict } | { ok: false; message: string }

async function answer(question: Question): Promise<AttestAnswer> {
  try {
    return { ok: true, verdict: await judge(question, BUILD_TRUST) }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'verifying failed' }
  }
}

addEventListener('message', (event: MessageEvent<Question>) => {
  void answer(event.data).then((reply) => postMessage(reply))
})
