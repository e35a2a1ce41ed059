import { once } from 'node:events'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { stopLeftover } from '../processes'
import { pidFileOf, startService, type Service, type ServiceContext } from '../service'
import { ROOT } from '../web'

/** A node that builds a block may be silent for as long. */
const ANSWER_MS = 5_000

/** The local Asset Hub as a part of the stack, its blocks kept in `<dir>/asset-hub`. */
export async function startHub(context: ServiceContext, port: number): Promise<{ service: Service; url: string }> {
  if (await stopLeftover(pidFileOf(context.dir, 'asset-hub'), 'SIGTERM'))
    context.log('Stopped an Asset Hub that an earlier run left behind')
  const url = `ws://127.0.0.1:${port}`
  const service = await startService(
    {
      name: 'asset-hub',
      command: process.execPath,
      args: ['--import', 'tsx', join(ROOT, 'lib', 'dev', 'substrate', 'main.ts')],
      cwd: ROOT,
      env: { HOST: '127.0.0.1', HUB_PORT: String(port), HUB_DIR: join(context.dir, 'asset-hub') },
      check: () => answersAt(url),
    },
    context,
  )
  return { service, url }
}

/** Whether a node answers there. */
export async function answersAt(url: string): Promise<boolean> {
  const socket = new WebSocket(url, { handshakeTimeout: ANSWER_MS })
  try {
    const signal = AbortSignal.timeout(ANSWER_MS)
    await once(socket, 'open', { signal })
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'system_chain', params: [] }))
    const [answer] = (await once(socket, 'message', { signal })) as [Buffer]
    return answer.toString('utf8').includes('"result"')
  } finally {
    socket.terminate()
  }
}
