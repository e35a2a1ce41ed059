/** What the product promises, in one breath, under every page. */
export function SiteFooter() {
  return (
    <footer className="border-rule text-muted border-t text-sm">
      <div className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-6">
        <p className="max-w-prose">
          A broken enclave could leak bids or refuse to settle. It cannot take your money or charge a winner more than
          he bid: the contract checks that. Addresses, times and the number of bids are public.
        </p>
      </div>
    </footer>
  )
}
