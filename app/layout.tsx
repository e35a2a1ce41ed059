import '@fontsource-variable/inter'
import '@fontsource-variable/source-serif-4/opsz.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { SiteFooter } from './_ui/SiteFooter'
import { SiteHeader } from './_ui/SiteHeader'
import { readNetwork } from './_server/readNetwork'
import { THEME_COOKIE, parseTheme } from './_ui/theme'
import { Providers } from './_wallet/Providers'

export const metadata: Metadata = {
  title: { default: 'Subrosa', template: '%s · Subrosa' },
  description:
    'Sealed-bid auctions and a hidden order book: nobody sees a bid before the close or an order before it trades, and what loses stays sealed.',
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

/** The frame around every page. Rendered for each request, because each carries its own CSP nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection()
  // The theme is a cookie, so that the first paint is right without an inline script.
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  const network = await readNetwork()
  return (
    <html lang="en" data-theme={theme}>
      <body className="flex min-h-dvh flex-col">
        <a
          href="#main"
          className="bg-ink text-paper absolute top-2 left-2 z-10 -translate-y-20 px-3 py-2 focus:translate-y-0"
        >
          Skip to content
        </a>
        <Providers network={network}>
          <SiteHeader theme={theme} />
          <main id="main" className="mx-auto min-h-dvh w-full max-w-6xl flex-1 px-4 py-8 sm:px-6 sm:py-12">
            {children}
          </main>
          <SiteFooter />
        </Providers>
      </body>
    </html>
  )
}
