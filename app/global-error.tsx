'use client'

/** The frame itself broke, most often because the server does not know its chain yet. Plain on purpose. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main>
          <title>Subrosa</title>
          <h1>Subrosa cannot be shown right now.</h1>
          <p>Your money and your bids are on the chain and not affected.</p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
