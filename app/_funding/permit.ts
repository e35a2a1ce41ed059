import { hashDomain, isHex, parseSignature, recoverTypedDataAddress } from 'viem'
import type { Address, Hex, PublicClient, TypedDataDomain, WalletClient } from 'viem'
import { z } from 'zod'
import { sameHex } from '../_format/hex'

const abi = [
  view('nonces', [{ name: 'owner', type: 'address' }], [{ name: '', type: 'uint256' }]),
  view('DOMAIN_SEPARATOR', [], [{ name: '', type: 'bytes32' }]),
  view('name', [], [{ name: '', type: 'string' }]),
  view('version', [], [{ name: '', type: 'string' }]),
] as const

const PERMIT = [
  { name: 'owner', type: 'address' },
  { name: 'spender', type: 'address' },
  { name: 'value', type: 'uint256' },
  { name: 'nonce', type: 'uint256' },
  { name: 'deadline', type: 'uint256' },
] as const
const DOMAIN = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
] as const

const bigint = z.bigint()
const text = z.string().max(200)

/** `deadline` in Unix seconds; the rest as EIP-2612 wants it. */
export type SignedPermit = { deadline: bigint; v: number; r: Hex; s: Hex }

/**
 * The domain under which a token takes permits (EIP-2612), proven by the separator it states itself.
 * @returns null for a token without permits, or with a domain of another form, and for an account with code of its own,
 * whose signatures a token cannot check.
 */
export async function permitDomain(
  client: PublicClient,
  token: Address,
  owner: Address,
): Promise<TypedDataDomain | null> {
  const read = (functionName: 'DOMAIN_SEPARATOR' | 'name' | 'version') =>
    client.readContract({ address: token, abi, functionName })
  try {
    const code = await client.getCode({ address: owner })
    if (code && code !== '0x') return null
    const [separator, name, chainId, version] = await Promise.all([
      read('DOMAIN_SEPARATOR'),
      read('name').then((value) => text.parse(value)),
      client.getChainId(),
      // OpenZeppelin's, like most, have no such function, and mean "1".
      read('version').then(
        (value) => text.parse(value),
        () => '1',
      ),
      client.readContract({ address: token, abi, functionName: 'nonces', args: [owner] }),
    ])
    const domain = { name, version, chainId, verifyingContract: token }
    const hash = hashDomain({ domain: { ...domain, chainId: BigInt(chainId) }, types: { EIP712Domain: [...DOMAIN] } })
    return isHex(separator) && sameHex(hash, separator) ? domain : null
  } catch {
    return null
  }
}

/**
 * Asks the wallet to sign that `spender` may take exactly `value` base units once, before `deadline`.
 * @returns null where the answer is not this account's signature: then an approval must do.
 * @throws what the wallet throws where the person declines.
 */
export async function signPermit(
  client: PublicClient,
  wallet: WalletClient,
  domain: TypedDataDomain,
  { owner, spender, value, deadline }: { owner: Address; spender: Address; value: bigint; deadline: bigint },
): Promise<SignedPermit | null> {
  const address = domain.verifyingContract
  if (!address) return null
  const nonce = bigint.parse(await client.readContract({ address, abi, functionName: 'nonces', args: [owner] }))
  const typed = {
    domain,
    types: { Permit: PERMIT },
    primaryType: 'Permit' as const,
    message: { owner, spender, value, nonce, deadline },
  }
  const signature = await wallet.signTypedData({ account: wallet.account ?? owner, ...typed })
  try {
    if (!sameHex(await recoverTypedDataAddress({ ...typed, signature }), owner)) return null
    const { r, s, yParity } = parseSignature(signature)
    return { deadline, v: 27 + yParity, r, s }
  } catch {
    return null
  }
}

function view<
  const Name extends string,
  const Inputs extends readonly { name: string; type: string }[],
  const Outputs extends readonly { name: string; type: string }[],
>(name: Name, inputs: Inputs, outputs: Outputs) {
  return { type: 'function', stateMutability: 'view', name, inputs, outputs } as const
}
