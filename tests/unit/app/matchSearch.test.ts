import { describe, expect, it } from 'vitest'
import { matchSearch } from '../../../app/auctions/matchSearch'

const auction = {
  id: `0x${'ab'.repeat(32)}`,
  seller: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  params: { lotToken: `0x${'11'.repeat(20)}`, lotTokenId: '42', paymentToken: `0x${'22'.repeat(20)}` },
} as unknown as Parameters<typeof matchSearch>[1]
const lot = { title: 'Harbour, before the rain', description: 'Oil on panel.' }
const finds = (search: string) => matchSearch(search, auction, lot)

describe('matchSearch', () => {
  it.each(['harbour', 'RAIN', 'rain harbour', 'oil', '42', '#42', '0xABAB', '0x90f79b', '0x1111', '0x2222', ''])(
    'finds by %o',
    (search) => expect(finds(search)).toBe(true),
  )

  it.each(['lantern', 'rain lantern', '4', '#4', '0xff00', '0x90f79c', 'abab'])('does not find by %o', (search) =>
    expect(finds(search)).toBe(false),
  )
})
