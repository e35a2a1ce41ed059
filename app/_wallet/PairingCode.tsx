import { encodeQR } from 'qr'

/** Light modules around the code, as ISO/IEC 18004 asks for. */
const QUIET = 4

/** A text as a QR code, black on white in either theme: cameras want the contrast. */
export function PairingCode({ text }: { text: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: QUIET })
  const size = rows.length
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code of the pairing address"
      shapeRendering="crispEdges"
      className="mx-auto block w-full max-w-64"
    >
      <path d={`M0 0h${size}v${size}h-${size}z`} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
