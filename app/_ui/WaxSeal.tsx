type Props = {
  className?: string
  /** Shown being pressed, once. */
  pressed?: boolean
  /** The bid under it was published: only a settlement does that, and never to a losing bid that set no price. */
  broken?: boolean
}

/** The picture of a sealed bid: wax pressed with a rose. Decorative; say "sealed" in words beside it. */
export function WaxSeal({ className, pressed = false, broken = false }: Props) {
  return (
    <svg
      viewBox="0 0 64 64"
      className={`text-rose ${pressed ? 'seal-press' : ''} ${className ?? 'size-8'}`}
      aria-hidden="true"
    >
      <path
        fill="currentColor"
        d="M33 3c5-1 8 2 12 4s9 3 11 8 0 8 3 12 4 9 1 13-3 8-6 12-8 4-12 6-8 5-13 3-8-1-13-3-6-5-9-9-4-8-4-13-1-9 2-13 4-9 9-11 6-6 11-7 4 1 8-2z"
      />
      <circle cx="32" cy="32" r="20" fill="none" stroke="var(--rose-ink)" strokeOpacity="0.55" strokeWidth="1.5" />
      <g fill="none" stroke="var(--rose-ink)" strokeOpacity="0.9" strokeWidth="1.8" strokeLinecap="round">
        <path d="M32 29.5c2.4-1.6 4.6.6 3.6 3s-5 2.800-6.600.3-.4-6.600 3.200-7 7.200 3 6 7-6.200 5.600-9.800 4-5-6.400-2.800-9.600 7.400-4.400 10.800-2.400" />
        <path d="M24 37c-2.600 1.200-5.400.6-7-1.400M40 37c2.600 1.200 5.400.6 7-1.400M32 42v6M32 46c-2-2.200-4.600-2.600-6.600-1.600M32 46c2-2.200 4.600-2.600 6.600-1.600" />
      </g>
      {broken ? <path d="M35 0 28 15l9 8-10 12 8 9-6 20h7l5-21-8-9 10-12-9-8 6-14z" fill="var(--paper)" /> : null}
    </svg>
  )
}
