import { zeroAddress, type Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAuctionLogs } from '../../../lib/chain/auctionLogs'
import { voidAuctionCall } from '../../../lib/chain/calls/settlement'
import { depositCall, withdrawCall } from '../../../lib/chain/calls/vault'
import { approveTokenCall } from '../../../lib/chain/calls/approvals'
import { ContractRevert } from '../../../lib/chain/errors'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmConnection } from '../../../lib/chain/evm/connection'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { readVaultBalance } from '../../../lib/chain/reads'
import { localAccount } from '../../../lib/dev/accounts'
import { SubrosaError } from '../../../lib/protocol/errors'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { deployContracts } from '../../fixtures/deploy'

let chain: TestChain
let deployment: Deployment
let sender: TransactionSender

beforeAll(async () => {
  chain = await startAnvil()
  deployment = await deployContracts(chain)
  sender = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(20) })
})
afterAll(() => chain.stop())

const balance = (token: Address = zeroAddress) => readVaultBalance(chain.connection, deployment, token, sender.address)
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('a sender', () => {
  it('gives transactions their order, though nobody waits for the one before', async () => {
    const before = await balance()
    const hashes = await Promise.all(
      [1n, 2n, 3n, 4n, 5n].map((wei) => sender.send(depositCall(deployment, zeroAddress, wei))),
    )
    const receipts = await Promise.all(hashes.map((hash) => sender.wait(hash)))
    expect(receipts.every(({ succeeded }) => succeeded)).toBe(true)
    const amounts = receipts.flatMap(({ events }) => events.map((event) => event.type === 'Deposited' && event.amount))
    expect(amounts).toEqual([1n, 2n, 3n, 4n, 5n])
    expect((await balance()) - before).toBe(15n)
  })

  it('names the contract’s own error, sends nothing, and goes on', async () => {
    const tooMuch = await failureOf(sender.execute(withdrawCall(deployment, zeroAddress, 10n ** 18n, sender.address)))
    expect(tooMuch).toBeInstanceOf(ContractRevert)
    expect(tooMuch).toMatchObject({ errorName: 'InsufficientBalance', code: 'INSUFFICIENT_BALANCE' })
    const unknown = await failureOf(sender.execute(voidAuctionCall(deployment, `0x${'ab'.repeat(32)}`)))
    expect(unknown).toMatchObject({ errorName: 'UnknownAuction', code: 'AUCTION_UNKNOWN' })
    const token = deployment.contracts.demoToken!
    const unapproved = await failureOf(sender.execute(depositCall(deployment, token, 5n)))
    expect(unapproved).toMatchObject({ errorName: 'ERC20InsufficientAllowance' })
    expect((await sender.execute(approveTokenCall(deployment, token, 5n))).succeeded).toBe(true)
  })

  it('spends no more gas than it is given leave to', async () => {
    const thrifty = openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(21), maxGas: 21_000n })
    const failure = await failureOf(thrifty.send(depositCall(deployment, zeroAddress, 1n)))
    expect(failure).toMatchObject({ code: 'TRANSACTION_REVERTED' })
  })

  it('tells a node that is not there from a contract that refuses', async () => {
    const gone = openEvmConnection('http://127.0.0.1:9')
    const failure = await failureOf(gone.readBlock('latest'))
    expect(failure).toBeInstanceOf(SubrosaError)
    expect(failure).toMatchObject({ code: 'RPC_UNAVAILABLE' })
  })
})

describe('readAuctionLogs', () => {
  it('reads ranges in order, in as many requests as it takes, and only what was asked for', async () => {
    await chain.mine(20)
    await sender.execute(depositCall(deployment, zeroAddress, 77n))
    const { number } = await chain.connection.readBlock('latest')
    const read = (span: bigint, type: 'Deposited' | 'Withdrawn') =>
      readAuctionLogs(chain.connection, deployment, { types: [type], toBlock: number, span })
    const deposits = await read(1_000n, 'Deposited')
    expect(deposits.at(-1)).toMatchObject({ account: sender.address, amount: 77n, blockNumber: number })
    expect(deposits.map(({ amount }) => amount)).toEqual([1n, 2n, 3n, 4n, 5n, 77n])
    for (const span of [1n, 7n]) expect(await read(span, 'Deposited')).toEqual(deposits)
    expect(await read(7n, 'Withdrawn')).toEqual([])
  })
})
