import { Term, Terms } from '../../../../_ui/Terms'

/** What the checks leave to the enclave's word, and why. */
export function Unproven() {
  return (
    <section aria-labelledby="unproven" className="space-y-4">
      <h2 id="unproven" className="text-2xl font-semibold">
        What stays unproven
      </h2>
      <p className="text-muted max-w-prose text-sm">
        Orders stay sealed after they trade, and markets have no zero-knowledge proofs yet. So these four things rest on
        the enclave’s word; its code, and the evidence of what it runs, are on the network page.
      </p>
      <Terms>
        <Term name="Which price">
          One price inside the band is checked. That it was the one at which most could trade depends on sealed limits.
        </Term>
        <Term name="Limits">
          That nobody paid more, or got less, than his limit. Each trader sees it for his own orders, at a glance.
        </Term>
        <Term name="Sharing">
          That better prices came first, and lots at the price were shared by the rule, minimum fills and fill-or-kill
          included.
        </Term>
        <Term name="Everybody else">
          Why an order got nothing: too low, expired, not covered. The enclave signs and publishes a list of it. That it
          is the signed one and fits the chain is checked; the reasons in it depend on what is sealed.
        </Term>
      </Terms>
      <p className="text-muted max-w-prose text-sm">
        What the enclave cannot do, whatever it says: take a token, fill an order that was cancelled or never placed,
        leave the band, or overdraw anyone.
      </p>
    </section>
  )
}
