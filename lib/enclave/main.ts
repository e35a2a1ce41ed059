import { isMainThread } from 'node:worker_threads'

// The bundle is one file, so it is the workers' entry as well. A worker loads no key, no environment, no server.
if (isMainThread) await import('./program').then(({ runEnclave }) => runEnclave())
else await import('./opening/worker').then(({ serveJobs }) => serveJobs())
