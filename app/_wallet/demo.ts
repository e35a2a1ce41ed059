import { ActAs } from './ActAs'
import { demoWallet } from './demoConnector'
import { demoName, positionOf } from './demoPeople'

/**
 * The demo wallet, in builds for the local chain alone. The condition is decided when the app is built
 * (lib/config/buildTrust.mjs), and has to stand here in full for the compiler to see it: in any other build nothing of
 * these modules is left, and none of their publicly known keys.
 */
export const DEMO =
  process.env.BUILD_CHAIN_ID === '31337'
    ? { title: 'Demo wallet — local chain only', demoWallet, demoName, positionOf, ActAs }
    : null
