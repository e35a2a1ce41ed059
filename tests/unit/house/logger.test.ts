import { describe, expect, it } from 'vitest'
import { createLogger } from '../../../lib/observe/logger'

function capture(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  write(createLogger('test', 'debug', { write: (line: string) => void lines.push(line) }))
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('createLogger', () => {
  it('writes the service, a level name, and bigints as decimal strings', () => {
    const [line] = capture((log) => log.info({ amount: 2n ** 100n, nested: { list: [1n] } }, 'paid'))
    expect(line).toMatchObject({
      service: 'test',
      level: 'info',
      msg: 'paid',
      amount: '1267650600228229401496703205376',
      nested: { list: ['1'] },
    })
  })

  it.each([
    ['at the top', { secret: 'hush' }],
    ['one level down', { bid: { rho: 'hush' } }],
    ['two levels down', { bids: [{ privateKey: 'hush' }] }],
    ['in an opening', { witness: { openings: ['hush'] } }],
  ])('blanks a secret %s', (_where, fields) => {
    const [line] = capture((log) => log.warn(fields, 'careful'))
    expect(JSON.stringify(line)).not.toContain('hush')
    expect(JSON.stringify(line)).toContain('[redacted]')
  })

  it('keeps an error and its stack', () => {
    const [line] = capture((log) => log.error({ err: new Error('node went away') }, 'failed'))
    expect(line).toMatchObject({
      err: { message: 'node went away', stack: expect.stringContaining('logger.test') as string },
    })
  })
})
