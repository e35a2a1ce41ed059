'use client'

import { useConnection, useConnectors, type Connector } from 'wagmi'
import { sameHex } from '../_format/hex'
import { DEMO_ACCOUNT_COUNT, demoAccount } from './demoAccounts'
import { DEMO_CONNECTOR_ID, type DemoExtras } from './demoConnector'

export type DemoConnector = Connector & DemoExtras

/** The demo wallet, where this chain has one, and which of its people is connected. */
export function useDemoConnector(): {
  demo: DemoConnector | undefined
  position: number | undefined
  person: string | undefined
} {
  const connectors = useConnectors()
  const { connector, address } = useConnection()
  const demo = connectors.find(({ id }) => id === DEMO_CONNECTOR_ID) as DemoConnector | undefined
  const connected = demo && connector?.id === demo.id
  const position = connected ? positionOf(address) : undefined
  return { demo, position, person: position === undefined ? undefined : demoName(position) }
}

/** What the demo wallet calls its accounts. */
export function demoName(position: number): string {
  return `Demo person ${position + 1}`
}

let addresses: string[] | undefined

function positionOf(address: string | undefined): number | undefined {
  addresses ??= Array.from({ length: DEMO_ACCOUNT_COUNT }, (_, position) => demoAccount(position).address)
  const position = addresses.findIndex((candidate) => sameHex(candidate, address))
  return position === -1 ? undefined : position
}
