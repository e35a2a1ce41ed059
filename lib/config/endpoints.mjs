/** Local stacks: everything runs on one machine, which its owner trusts. */
const LOCAL_CHAIN_ID = 31337

/**
 * What tells one endpoint from another: the host, however it is written (case, default port, last dot, path). On a local
 * chain ports count too, since every node has the same host.
 */
function hostOf(url, isLocal) {
  const { host, hostname } = new URL(url)
  return isLocal ? host : hostname.replace(/\.$/, '')
}

/**
 * The endpoints that an enclave reads a chain through, one for each host, and how many of them must agree: more than half
 * of them by default, and away from the local chain at least two, since one alone could make up a chain. PROTOCOL.md
 * section 10.
 *
 * @param {readonly string[]} urls
 * @param {number | undefined} threshold
 * @param {number} chainId
 * @returns {{ urls: string[], threshold: number }}
 * @throws Error where they are too few for that.
 */
export function agreeingEndpoints(urls, threshold, chainId) {
  const isLocal = chainId === LOCAL_CHAIN_ID
  const byHost = new Map()
  for (const url of urls) {
    const host = hostOf(url, isLocal)
    if (!byHost.has(host)) byHost.set(host, url)
  }
  const needed = threshold ?? Math.floor(byHost.size / 2) + 1
  if (!isLocal && needed < 2) throw new Error(`at least 2 endpoints must agree on chain ${chainId}, not ${needed}`)
  if (needed > byHost.size) throw new Error(`${needed} must agree, but there are ${byHost.size} different hosts`)
  return { urls: [...byHost.values()], threshold: needed }
}
