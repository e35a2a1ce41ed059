import { parentPort } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
const { doJob } = await import('./job.ts')
parentPort.on('message', (job) => doJob(job).then((results) => parentPort.postMessage(results)))
