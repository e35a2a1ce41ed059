import { describe, expect, it } from 'vitest'
import { parseLotUri } from '../../../app/_lot/lotMetadata'

const picture = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}`
const uri = (value: unknown) =>
  `data:application/json;base64,${Buffer.from(JSON.stringify(value), 'utf8').toString('base64')}`

describe('parseLotUri', () => {
  it('reads name, description and picture, beyond ASCII', () => {
    const lot = { name: 'Étude n° 3', description: '紙と墨', image: picture }
    expect(parseLotUri(uri(lot))).toEqual(lot)
  })

  it('reads percent-encoded JSON too', () => {
    expect(parseLotUri(`data:application/json,${encodeURIComponent('{"name":"a b"}')}`)).toMatchObject({ name: 'a b' })
  })

  it.each(['https://example.org/1.json', 'ipfs://cid/1', 'data:text/html,<b>x</b>', 'data:application/json,{', ''])(
    'fetches nothing and takes nothing else: %s',
    (text) => {
      expect(parseLotUri(text)).toBeNull()
    },
  )

  it.each(['https://example.org/track.png', 'data:text/html;base64,AAAA', 'javascript:alert(1)', 7])(
    'drops a picture that is none (%s) and keeps the name',
    (image) => {
      expect(parseLotUri(uri({ name: 'Lot', image }))).toEqual({
        name: 'Lot',
        description: undefined,
        image: undefined,
      })
    },
  )

  it('refuses what is too long to be a label', () => {
    expect(parseLotUri(uri({ name: 'x'.repeat(600_000) }))).toBeNull()
  })
})
