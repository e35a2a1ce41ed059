import { sealBid, type SealBidInput, type SealedBid } from '../../lib/protocol/sealing/seal'
import { recoverBid, type Recovered } from '../../lib/protocol/sealing/recover'

export type RecoverInput = Parameters<typeof recoverBid>[0]
export type SealRequest = { task: 'seal'; input: SealBidInput } | { task: 'recover'; inputs: RecoverInput[] }
export type SealAnswer =
  | { ok: true; task: 'seal'; output: SealedBid }
  | { ok: true; task: 'recover'; output: Recovered[] }
  | { ok: false; message: string }

async function answer(request: SealRequest): Promise<SealAnswer> {
  try {
    return request.task === 'seal'
      ? { ok: true, task: 'seal', output: await sealBid(request.input) }
      : { ok: true, task: 'recover', output: request.inputs.map(recoverBid) }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'sealing failed' }
  }
}

addEventListener('message', (event: MessageEvent<SealRequest>) => {
  void answer(event.data).then((reply) => postMessage(reply))
})
