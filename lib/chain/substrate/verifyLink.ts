import { recoverMessageAddress, type Address, type Hex } from 'viem'
import { linkStatement, type AccountLink } from '../../protocol/polkadot/link'
import { verifyText } from './verifyText'

/** One check of a link, and what was found. */
export type LinkCheck = { name: 'statement' | 'date' | 'ethereum' | 'polkadot'; ok: boolean; detail: string }
export type LinkVerdict = { ok: boolean; checks: LinkCheck[] }

export type LinkContext = {
  /** Unix seconds: a link from the future is not one. */
  now: number
  /** Asks a contract that is an account (EIP-1271); left out, only keys' signatures count. */
  verifyContract?: (address: Address, message: string, signature: Hex) => Promise<boolean>
}

/** Seconds by which clocks may differ. */
const CLOCK_SLACK = 300

/**
 * Whether both accounts of a link signed its statement. Never throws for a bad one: each check says what it found.
 */
export async function verifyLink(link: AccountLink, { now, verifyContract }: LinkContext): Promise<LinkVerdict> {
  let statement: string
  try {
    statement = linkStatement(link)
  } catch (error) {
    return { ok: false, checks: [{ name: 'statement', ok: false, detail: reasonOf(error) }] }
  }
  const checks: LinkCheck[] = [
    { name: 'statement', ok: true, detail: `${link.ethereum} and ${link.polkadot}` },
    {
      name: 'date',
      ok: link.issuedAt <= now + CLOCK_SLACK,
      detail: `issued ${new Date(link.issuedAt * 1000).toISOString()}`,
    },
    await checkEthereum(link, statement, verifyContract),
    checkPolkadot(link, statement),
  ]
  return { ok: checks.every(({ ok }) => ok), checks }
}

async function checkEthereum(
  { ethereum, ethereumSignature: signature }: AccountLink,
  statement: string,
  verifyContract: LinkContext['verifyContract'],
): Promise<LinkCheck> {
  const name = 'ethereum'
  const signer = await recoverMessageAddress({ message: statement, signature }).catch(() => null)
  if (signer?.toLowerCase() === ethereum.toLowerCase()) return { name, ok: true, detail: `signed by ${ethereum}` }
  const byContract = await verifyContract?.(ethereum, statement, signature).catch(() => false)
  if (byContract) return { name, ok: true, detail: `the contract ${ethereum} accepts the signature` }
  return { name, ok: false, detail: signer ? `signed by ${signer}, not ${ethereum}` : 'no signature of this text' }
}

function checkPolkadot({ polkadot, polkadotSignature }: AccountLink, statement: string): LinkCheck {
  const name = 'polkadot'
  try {
    const { isValid, crypto } = verifyText(statement, polkadotSignature, polkadot)
    if (isValid) return { name, ok: true, detail: `signed by ${polkadot} (${crypto})` }
    return { name, ok: false, detail: `not a signature of this text by ${polkadot}` }
  } catch (error) {
    return { name, ok: false, detail: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'not readable'
}
