import { openHubNode, type HubNode } from './api'

const nodes = new Map<string, HubNode>()

/** One connection to a node for everything that a page or a server asks of it, for as long as that lives. */
export function sharedHubNode(url: string): HubNode {
  const known = nodes.get(url)
  if (known) return known
  const node = openHubNode(url)
  nodes.set(url, node)
  return node
}
