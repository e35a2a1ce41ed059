import { describe, expect, it } from 'vitest'
import { ERRORS, SubrosaError } from '../../../lib/protocol/errors'

describe('errors (PROTOCOL.md section 12)', () => {
  it.each(Object.entries(ERRORS))('%s says what happened, what it means for the money and what to do', (code, text) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
    for (const sentence of [text.what, text.money, text.next]) expect(sentence).toMatch(/^[A-Z].+\.$/)
  })

  it('carries code, field, cause, and a message that names the field', () => {
    const cause = new Error('why')
    const error = new SubrosaError('INVALID_LENGTH', { field: 'salt', details: '16 bytes expected', cause })
    expect(error).toMatchObject({ code: 'INVALID_LENGTH', field: 'salt', cause, message: 'salt: 16 bytes expected' })
    expect(new SubrosaError('AUCTION_CLOSED').message).toBe(ERRORS.AUCTION_CLOSED.what)
  })
})
