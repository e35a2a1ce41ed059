import Link from 'next/link'

const ROOMS = [
  { href: '/audit', label: 'Auctions' },
  { href: '/audit/markets', label: 'Batches of markets' },
] as const

/** The two lists of what can be checked. */
export function AuditRooms({ here }: { here: (typeof ROOMS)[number]['href'] }) {
  return (
    <nav aria-label="What to check">
      <ul className="border-rule flex gap-6 border-b">
        {ROOMS.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === here ? 'page' : undefined}
              className="text-muted hover:text-ink aria-[current=page]:text-ink aria-[current=page]:border-ink -mb-px inline-flex min-h-11 items-center border-b-2 border-transparent text-sm"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
