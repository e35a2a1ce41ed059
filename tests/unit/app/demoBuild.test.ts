import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { trustOfBuild } from '../../../lib/config/buildTrust.mjs'
import { LOCAL_MNEMONIC } from '../../../lib/dev/accounts'

const TRACES = [LOCAL_MNEMONIC, 'Demo wallet', 'Demo person', 'demoWallet.account']

/** What speaks to wallets, and what lists them, as Next's compiler reads them in a build for such a chain. */
async function bundle(chainId: string): Promise<string> {
  const constants = { ...trustOfBuild({ SUBROSA_CHAIN_ID: chainId }), NODE_ENV: 'production' }
  const define = Object.entries(constants).map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)])
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { openEngine } from './engine'
        export { ConnectedMenu } from './ConnectedMenu'
        export { WalletPicker } from './WalletPicker'`,
      resolveDir: 'app/_wallet',
      loader: 'ts',
    },
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', logLevel: 'error' },
    jsx: 'automatic',
    external: ['@walletconnect/universal-provider'],
    define: Object.fromEntries(define) as Record<string, string>,
  })
  return outputFiles[0]!.text
}

describe('the demo wallet', () => {
  it('is part of a build for the local chain', async () => {
    const code = await bundle('31337')
    expect(TRACES.filter((text) => code.includes(text))).toEqual(TRACES)
  })

  it.each(['1', ''])('is no part of a build for chain “%s”: neither its keys nor its name', async (chainId) => {
    const code = await bundle(chainId)
    expect(code.length).toBeGreaterThan(100_000)
    expect(TRACES.filter((text) => code.includes(text))).toEqual([])
  })
})
