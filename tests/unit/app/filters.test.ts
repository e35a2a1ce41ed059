import { describe, expect, it } from 'vitest'
import {
  changeFilters,
  filtersToPath,
  isNarrowed,
  MOST_SHOWN,
  PAGE_SIZE,
  parseFilters,
} from '../../../app/auctions/filters'

const SELLER = '0x00000000000000000000000000000000000000aA'
const query = (path: string) => Object.fromEntries(new URL(path, 'http://x').searchParams)

describe('filters and their address', () => {
  it('says nothing of what is usual', () => {
    expect(filtersToPath(parseFilters({}))).toBe('/auctions')
    expect(filtersToPath(parseFilters({ phase: 'open', sort: 'phase', q: ' ', rule: '', show: '24' }))).toBe(
      '/auctions',
    )
  })

  it('goes to the address and back without loss', () => {
    const filters = parseFilters({
      phase: 'all',
      rule: 'SECOND_PRICE',
      lot: 'ERC20',
      currency: SELLER,
      seller: SELLER,
      q: '  harbour & rain ',
      sort: 'bids',
      show: '48',
      after: '2.eyJhIjoxfQ',
    })
    expect(filters).toMatchObject({ q: 'harbour & rain', show: 48, after: '2.eyJhIjoxfQ', seller: SELLER })
    expect(parseFilters(query(filtersToPath(filters)))).toEqual(filters)
  })

  it.each([
    { phase: 'soon' },
    { rule: 'DUTCH' },
    { lot: 'erc721' },
    { currency: '0x12' },
    { seller: 'vitalik.eth' },
    { sort: 'price' },
    { show: '-1' },
    { show: '1e9x' },
    { after: '../../etc' },
    { after: '1.%00' },
  ])('leaves out what it does not understand: %o', (search) => {
    expect(parseFilters(search)).toEqual(parseFilters({}))
  })

  it('shows no more at once than a page can carry, and takes the first of a parameter given twice', () => {
    expect(parseFilters({ show: '100000' }).show).toBe(MOST_SHOWN)
    expect(parseFilters({ phase: ['final', 'open'] }).phase).toBe('final')
    expect(parseFilters({ q: 'x'.repeat(500) }).q).toHaveLength(80)
  })

  it('begins a changed list at its beginning', () => {
    const deep = parseFilters({ show: '72', after: '1.abc' })
    expect(changeFilters(deep, { phase: 'final' })).toMatchObject({ phase: 'final', show: PAGE_SIZE, after: null })
  })

  it('knows whether anything but phase and order narrows it', () => {
    expect(isNarrowed(parseFilters({ phase: 'final', sort: 'bids' }))).toBe(false)
    expect(isNarrowed(parseFilters({ q: 'a' }))).toBe(true)
    expect(isNarrowed(parseFilters({ lot: 'ERC721' }))).toBe(true)
  })
})
