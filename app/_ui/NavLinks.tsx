'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

const PLACES = [
  { href: '/auctions', label: 'Auctions' },
  { href: '/book', label: 'Markets' },
  { href: '/portfolio', label: 'Portfolio' },
  { href: '/audit', label: 'Audit' },
  { href: '/network', label: 'Network' },
]

/** The main navigation; on a narrow screen it takes a row of its own. */
export function NavLinks() {
  const path = usePathname()
  return (
    <nav aria-label="Main" className="order-last w-full sm:order-none sm:w-auto">
      <ul className="flex gap-3.5 sm:gap-5">
        {PLACES.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path.startsWith(href) ? 'page' : undefined}
              className="text-muted hover:text-ink aria-[current=page]:text-ink aria-[current=page]:border-ink inline-flex min-h-11 items-center border-b-2 border-transparent text-sm"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
