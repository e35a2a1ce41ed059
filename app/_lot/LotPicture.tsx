import type { LotView } from './lotView'

type Props = {
  id: string
  lot: LotView
  className?: string
  /** The page's main picture, wanted at once; others wait until they are near. */
  large?: boolean
}

/** The lot's picture, or one drawn from the auction's id; square, so that nothing moves when it comes. */
export function LotPicture({ id, lot, className = '', large = false }: Props) {
  return (
    <div className={`border-rule bg-sheet overflow-hidden border ${className}`}>
      {lot.image ? (
        // Small, and from here: next/image has nothing to add.
        <img
          src={lot.image}
          alt={`Picture of ${lot.title}`}
          width={400}
          height={400}
          loading={large ? 'eager' : 'lazy'}
          className="size-full object-cover"
        />
      ) : (
        <DrawnPicture id={id} />
      )}
    </div>
  )
}

/** Strata of ink on paper; every number comes from the id, so a lot always looks the same. */
function DrawnPicture({ id }: { id: string }) {
  const byte = (index: number) => Number.parseInt(id.slice(2 + index * 2, 4 + index * 2), 16) || 0
  const bands = Array.from({ length: 7 }, (_, band) => {
    const top = 60 + band * 44
    const lift = (index: number) => top + (byte(band * 4 + index) - 128) / 5
    return `M0 ${lift(0)}C133 ${lift(1)} 266 ${lift(2)} 400 ${lift(3)}V400H0Z`
  })
  const hue = byte(30) * 1.41
  return (
    <svg
      viewBox="0 0 400 400"
      preserveAspectRatio="xMidYMid slice"
      className="size-full"
      role="img"
      aria-label="Picture drawn from the auction’s number"
    >
      <rect width="400" height="400" fill={`hsl(${hue} 26% 86%)`} />
      <circle cx={80 + byte(28)} cy={60 + byte(29) / 4} r="34" fill={`hsl(${(hue + 180) % 360} 40% 56%)`} />
      {bands.map((path, band) => (
        <path key={path} d={path} fill={`hsl(${(hue + band * 9) % 360} 24% ${74 - band * 8}%)`} />
      ))}
    </svg>
  )
}
