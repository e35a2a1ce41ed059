import { isMainThread } from 'node:worker_threads'

/** The enclave of a Polkadot Hub, a program of its own: the other one's bundle has none of @polkadot in it. */
async function run(): Promise<void> {
  const [{ runEnclave }, { openHubEndpoint }] = await Promise.all([import('./program'), import('./chain/hubEndpoint')])
  await runEnclave(openHubEndpoint)
}

// The bundle is one file, so it is the workers' entry as well. A worker loads no key, no environment, no server.
if (isMainThread) await run()
else await import('./opening/worker').then(({ serveJobs }) => serveJobs())
