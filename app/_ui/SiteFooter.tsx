/** What the product promises, in one breath, under every page. */
export function SiteFooter() {
  return (
    <footer className="border-rule text-muted border-t text-sm">
      <div className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-6">
        <p className="max-w-prose">
          A broken enclave could leak bids, refuse to settle, or name the wrong winner, which anyone would see in the
          proofs that it has to publish. It cannot take more from anyone than his bid locked, and the contract pays
          nobody but the winner, the seller and the bidders. Addresses, times and the number of bids are public.
        </p>
        <p className="mt-3">
          <a href="/api-docs" className="underline">
            API
          </a>
        </p>
      </div>
    </footer>
  )
}
