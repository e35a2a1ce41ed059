import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { decodeQR } from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { PairingCode } from '../../../app/_wallet/PairingCode'

const URI = `wc:${'7f6e504bfad60b48'.repeat(4)}@2?relay-protocol=irn&symKey=${'587d5484ce2a2a6e'.repeat(4)}&expiryTimestamp=1800000000`
const SCALE = 4

/** The drawing as a camera sees it: a square of pixels, black where the path of dark modules goes. */
function photograph(markup: string) {
  const size = Number(/viewBox="0 0 (\d+) \d+"/.exec(markup)![1]) * SCALE
  const data = new Uint8Array(size * size * 4).fill(255)
  const [, dark] = /<path d="([^"]*)" fill="#000"/.exec(markup)!
  for (const [, left, top] of dark!.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let y = 0; y < SCALE; y++) {
      for (let x = 0; x < SCALE; x++) {
        const pixel = (Number(top) * SCALE + y) * size + Number(left) * SCALE + x
        data.fill(0, pixel * 4, pixel * 4 + 3)
      }
    }
  }
  return { width: size, height: size, data }
}

describe('PairingCode', () => {
  it('is read by a scanner as the address that it was given', () => {
    expect(decodeQR(photograph(renderToStaticMarkup(createElement(PairingCode, { text: URI }))))).toBe(URI)
  })

  it('keeps four light modules around it, and says what it is', () => {
    const markup = renderToStaticMarkup(createElement(PairingCode, { text: URI }))
    const columns = [...markup.matchAll(/M(\d+) \d+h1/g)].map(([, left]) => Number(left))
    const size = Number(/viewBox="0 0 (\d+) /.exec(markup)![1])
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([4, size - 5])
    expect(markup).toContain('aria-label="QR code of the pairing address"')
  })
})
