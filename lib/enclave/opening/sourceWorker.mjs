// A worker of the enclave run from its sources: Node 20 ignores a loader that is named on a worker's command line.
import { register } from 'tsx/esm/api'

register()
const { serveJobs } = await import('./worker.ts')
serveJobs()
