'use client'

import { useRouter } from 'next/navigation'
import { useTransition, type ReactNode, type SubmitEvent } from 'react'
import { filtersToPath, parseFilters } from './filters'

/**
 * The catalogue's form: an ordinary GET form, which works without this script. With it, the list changes in place, the
 * address stays short, and a choice counts at once.
 */
export function CatalogueForm({ children }: { children: ReactNode }) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const search = Object.fromEntries(
      [...fields].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    )
    startTransition(() => router.push(filtersToPath(parseFilters(search)), { scroll: false }))
  }

  return (
    <form
      action="/auctions"
      method="get"
      role="search"
      aria-label="Auctions"
      aria-busy={pending}
      className="space-y-4"
      onSubmit={submit}
      onChange={(event) => {
        const { target, currentTarget } = event
        if (target instanceof HTMLSelectElement) currentTarget.requestSubmit()
      }}
    >
      {children}
      <p role="status" className="sr-only">
        {pending ? 'Loading the list' : ''}
      </p>
    </form>
  )
}
