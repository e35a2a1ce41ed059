import { isMainThread } from 'node:worker_threads'

/** The enclave of an Ethereum chain. */
async function run(): Promise<void> {
  const [{ runEnclave }, { openEvmEndpoint }] = await Promise.all([import('./program'), import('./chain/evmEndpoint')])
  await runEnclave(openEvmEndpoint)
}

// The bundle is one file, so it is the workers' entry as well. A worker loads no key, no environment, no server.
if (isMainThread) await run()
else await import('./opening/worker').then(({ serveJobs }) => serveJobs())
