import { encodeFunctionData, erc20Abi, erc721Abi, parseAbi, parseEventLogs, type Address, type Hash } from 'viem'
import { createPublicClient, http } from 'viem'
import { demoEditionsAbi } from '../../abi/demoEditions'
import { demoLotsAbi } from '../../abi/demoLots'
import { demoTokenAbi } from '../../abi/demoToken'
import { approveEditionsCall, approveLotCall, approveTokenCall } from '../../chain/calls/approvals'
import type { ContractCall, TransactionSender } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'

const transferSingleAbi = parseAbi([
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
])

/** What is put up, as an auction's parameters name it. */
export type Lot = { lotKind: number; lotToken: Address; lotTokenId: bigint; lotSize: bigint }

/** A seller's means: his account, and where the demonstration contracts stand. */
export type LotMaker = { rpcUrl: string; deployment: Deployment; sender: TransactionSender }

function demoContract(deployment: Deployment, name: 'demoToken' | 'demoLots' | 'demoEditions'): Address {
  const address = deployment.contracts[name]
  if (!address) throw new Error(`This deployment has no ${name}: it is not a local one.`)
  return address
}

const call = (to: Address, data: ContractCall['data'], method: string): ContractCall => ({
  to,
  data,
  value: 0n,
  method,
})

async function logsOf(rpcUrl: string, hash: Hash) {
  const { logs } = await createPublicClient({ transport: http(rpcUrl) }).getTransactionReceipt({ hash })
  return logs
}

/** Mints a picture of its own and lets the auction contract take it. */
export async function mintSingleLot(maker: LotMaker, title: string, description: string): Promise<Lot> {
  const { rpcUrl, deployment, sender } = maker
  const token = demoContract(deployment, 'demoLots')
  const args = [sender.address, title, description] as const
  const data = encodeFunctionData({ abi: demoLotsAbi, functionName: 'mint', args })
  const { hash } = await sender.execute(call(token, data, 'mint'))
  const [minted] = parseEventLogs({ abi: erc721Abi, eventName: 'Transfer', logs: await logsOf(rpcUrl, hash) })
  if (!minted) throw new Error('The mint named no token.')
  const { tokenId } = minted.args
  await sender.execute(approveLotCall(deployment, token, tokenId))
  return { lotKind: 0, lotToken: token, lotTokenId: tokenId, lotSize: 1n }
}

/** Mints copies of one piece; all of them together are the lot. */
export async function mintEditionLot(maker: LotMaker, title: string, copies: bigint): Promise<Lot> {
  const { rpcUrl, deployment, sender } = maker
  const token = demoContract(deployment, 'demoEditions')
  const args = [sender.address, copies, title] as const
  const data = encodeFunctionData({ abi: demoEditionsAbi, functionName: 'mint', args })
  const { hash } = await sender.execute(call(token, data, 'mint'))
  const [minted] = parseEventLogs({ abi: transferSingleAbi, logs: await logsOf(rpcUrl, hash) })
  if (!minted) throw new Error('The mint named no edition.')
  await sender.execute(approveEditionsCall(deployment, token))
  return { lotKind: 1, lotToken: token, lotTokenId: minted.args.id, lotSize: copies }
}

/** An amount of an ERC-20 that anyone may mint: `amount` in base units. */
export async function mintTokenLot({ deployment, sender }: LotMaker, token: Address, amount: bigint): Promise<Lot> {
  await mintTokens(sender, token, amount)
  await sender.execute(approveTokenCall(deployment, token, amount))
  return { lotKind: 2, lotToken: token, lotTokenId: 0n, lotSize: amount }
}

/** Mints demonstration tokens to the sender. */
export async function mintTokens(sender: TransactionSender, token: Address, amount: bigint): Promise<void> {
  const data = encodeFunctionData({ abi: demoTokenAbi, functionName: 'mint', args: [sender.address, amount] })
  await sender.execute(call(token, data, 'mint'))
}

/** How much the auction contract may take of an account's tokens, in base units. */
export async function readAllowance(
  rpcUrl: string,
  deployment: Deployment,
  token: Address,
  owner: Address,
): Promise<bigint> {
  return createPublicClient({ transport: http(rpcUrl) }).readContract({
    address: token,
    abi: erc20Abi,
    functionName: 'allowance',
    args: [owner, deployment.contracts.auctions],
  })
}
