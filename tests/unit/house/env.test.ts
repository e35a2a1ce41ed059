import { describe, expect, it } from 'vitest'
import { anchoringOf, EnvironmentError, indexerEnv, keeperEnv, loadEnv, webEnv } from '../../../lib/config/env'

const key = `0x${'ab'.repeat(32)}`

describe('loadEnv', () => {
  it('fills in defaults and reads ports as numbers', () => {
    const env = loadEnv(indexerEnv, { DATABASE_URL: 'postgresql://u:p@127.0.0.1:5545/subrosa', INDEXER_PORT: '7203' })
    expect(env).toEqual({
      DATABASE_URL: 'postgresql://u:p@127.0.0.1:5545/subrosa',
      INDEXER_PORT: 7203,
      INDEXER_SILENCE_MS: 5_000,
      LOG_LEVEL: 'info',
      HOST: '127.0.0.1',
      RPC_URL: 'http://127.0.0.1:8545',
      DEPLOYMENT_FILE: '.subrosa/deployment.json',
      BUNDLE_MAX_BYTES: 64 * 1024 * 1024,
      BUNDLE_TIMEOUT_MS: 60_000,
    })
  })

  it('takes an empty variable for an unset one', () => {
    expect(loadEnv(keeperEnv, { KEEPER_PRIVATE_KEY: key, RPC_URL: '' }).RPC_URL).toBe('http://127.0.0.1:8545')
  })

  it('names every problem at once and never shows a value', () => {
    const run = () =>
      loadEnv(keeperEnv, { KEEPER_PRIVATE_KEY: '0xnot-a-key', RPC_URL: 'ftp://node', KEEPER_PORT: '70000' })
    expect(run).toThrow(EnvironmentError)
    try {
      run()
    } catch (error) {
      const { problems, message } = error as EnvironmentError
      expect(problems.map((problem) => problem.split(/[: ]/)[0]).sort()).toEqual([
        'KEEPER_PORT',
        'KEEPER_PRIVATE_KEY',
        'RPC_URL',
      ])
      expect(message).not.toContain('not-a-key')
      expect(message).not.toContain('70000')
    }
  })

  it('says which variable is missing', () => {
    expect(() => loadEnv(indexerEnv, {})).toThrow('DATABASE_URL is not set')
  })
})

it('the simulator’s root is told to the web server by its certificate’s fingerprint', () => {
  const read = (root: string) =>
    loadEnv(webEnv, { DATABASE_URL: 'postgresql://u:p@127.0.0.1:5545/subrosa', SIMULATOR_ROOT: root }).SIMULATOR_ROOT
  expect(read('ab'.repeat(32))).toBe('ab'.repeat(32))
  expect(read('')).toBeUndefined()
  for (const wrong of ['AB'.repeat(32), 'ab'.repeat(33), '.subrosa/enclave/root', '-----BEGIN CERTIFICATE-----'])
    expect(() => read(wrong), wrong).toThrow('SIMULATOR_ROOT: must be the SHA-256 of a certificate in lower-case hex')
})

describe('where the keeper anchors', () => {
  const key = `0x${'11'.repeat(32)}`
  const url = 'ws://127.0.0.1:9944'
  const read = (more: Record<string, string>) => anchoringOf(loadEnv(keeperEnv, { KEEPER_PRIVATE_KEY: key, ...more }))

  it('is nowhere, unless both the chain and the account are named', () => {
    expect(read({})).toBeNull()
    expect(read({ KEEPER_ANCHOR_URL: url, KEEPER_ANCHOR_SEED: key })).toEqual({ url, seed: key })
  })

  it.each<Record<string, string>>([{ KEEPER_ANCHOR_URL: url }, { KEEPER_ANCHOR_SEED: key }])(
    'is not half said: %o',
    (half) => {
      expect(() => read(half)).toThrow(EnvironmentError)
    },
  )

  it.each<Record<string, string>>([{ KEEPER_ANCHOR_URL: 'http://127.0.0.1' }, { KEEPER_ANCHOR_SEED: '//Alice' }])(
    'is refused: %o',
    (wrong) => {
      expect(() => read({ KEEPER_ANCHOR_URL: url, KEEPER_ANCHOR_SEED: key, ...wrong })).toThrow(EnvironmentError)
    },
  )
})
