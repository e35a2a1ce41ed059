/** A wallet's own picture, which it announced as data; a plain one where it has none. Its name stands beside it. */
export function WalletIcon({ icon }: { icon: string | undefined }) {
  if (!icon) {
    return (
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 shrink-0" fill="none" stroke="currentColor">
        <rect x="2.5" y="5" width="15" height="11" rx="1.5" strokeWidth="1.4" />
        <path d="M2.5 8.5h15M13.5 12.5h1.5" strokeWidth="1.4" />
      </svg>
    )
  }
  // A data URI: there is nothing to fetch, resize or cache.
  return <img src={icon} alt="" className="size-5 shrink-0 rounded-sm" />
}
