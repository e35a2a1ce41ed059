import Link from 'next/link'
import { WalletMenu } from '../_wallet/WalletMenu'
import { NavLinks } from './NavLinks'
import { ThemeToggle } from './ThemeToggle'
import type { Theme } from './theme'
import { WaxSeal } from './WaxSeal'

/** Name, places to go, theme and wallet. */
export function SiteHeader({ theme }: { theme: Theme }) {
  return (
    <header className="border-rule border-b">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 sm:gap-x-6 px-4 py-2 sm:px-6">
        <Link href="/" className="flex min-h-11 items-center gap-2 font-serif text-xl font-semibold">
          <WaxSeal className="size-7" />
          Subrosa
        </Link>
        <NavLinks />
        <div className="ml-auto flex items-center">
          <ThemeToggle initial={theme} />
          <WalletMenu />
        </div>
      </div>
    </header>
  )
}
