import { describe, expect, it } from 'vitest'
import { EnvironmentError, indexerEnv, keeperEnv, loadEnv } from '../../../lib/config/env'

const key = `0x${'ab'.repeat(32)}`

describe('loadEnv', () => {
  it('fills in defaults and reads ports as numbers', () => {
    const env = loadEnv(indexerEnv, { DATABASE_URL: 'postgresql://u:p@127.0.0.1:5545/subrosa', INDEXER_PORT: '7203' })
    expect(env).toEqual({
      DATABASE_URL: 'postgresql://u:p@127.0.0.1:5545/subrosa',
      INDEXER_PORT: 7203,
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
