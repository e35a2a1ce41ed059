import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createWalletClient, http, parseEther, parseGwei } from 'viem'
import { foundry } from 'viem/chains'
import { describe, expect, it } from 'vitest'
import { localAccount } from '../../../lib/dev/accounts'
import { keeperSetting, until } from './setting'

const setting = keeperSetting()
const { chain, client, account, addressOf, enclaveUrl, gate, file, said, startKeeper, closedAuction } = setting
const { settlements, sentBy, pool, blocks, untilSaid, untilMined } = setting

describe('a keeper in trouble', () => {
  it('without money says so, waits, and goes on when it has some', async () => {
    const auction = await closedAuction()
    await client().setBalance({ address: addressOf(account()), value: 1_000n })
    const keeper = await startKeeper({ minBalance: parseEther('0.01') })
    await untilSaid('INSUFFICIENT_BALANCE')
    expect(said()).toContain('running out of money')
    expect(keeper.readiness()).toMatchObject({ ready: false, reason: 'the balance is below the minimum' })
    expect(await sentBy(account())).toBe(0)
    await client().setBalance({ address: addressOf(account()), value: parseEther('1') })
    await untilMined(async () => (await settlements(auction)) === 1)
    expect(keeper.readiness().ready).toBe(true)
  })

  it('without a node says so, and goes on when it is back', async () => {
    const auction = await closedAuction()
    gate(() => 'drop')
    await startKeeper()
    await untilSaid('round failed')
    gate(() => 'pass')
    await untilMined(async () => (await settlements(auction)) === 1)
    expect(said()).toContain('rounds succeed')
  })

  it('asks the next enclave where one is down', async () => {
    const auction = await closedAuction()
    await startKeeper({ enclaveUrls: ['http://127.0.0.1:9', enclaveUrl()] })
    await untilMined(async () => (await settlements(auction)) === 1)
    expect(said()).not.toContain('task failed')
  })

  it('that lost its journal neither stops at the nonce left behind nor pays twice', async () => {
    const auction = await closedAuction()
    await client().setAutomine(false)
    const first = await startKeeper()
    await until(async () => (await pool(account())).length === 1)
    await first.stop()
    await startKeeper({ stateFile: file('new') })
    await until(() => Promise.resolve(said().split('following the chain').length === 3))
    await client().setAutomine(true)
    await untilMined(async () => (await settlements(auction)) === 1)
    await blocks(3)
    expect(await sentBy(account())).toBe(1)
  })

  it('outbids a transaction that its journal does not know and no block takes, and goes on behind it', async () => {
    const auction = await closedAuction()
    await client().setAutomine(false)
    const wallet = createWalletClient({
      account: localAccount(account()),
      chain: foundry,
      transport: http(chain().rpcUrl),
    })
    const { gasLimit, baseFeePerGas } = await client().getBlock()
    const fees = { maxFeePerGas: baseFeePerGas! + 1n, maxPriorityFeePerGas: 1n }
    const stuck = await wallet.sendTransaction({ to: addressOf(1), value: 1n, nonce: 0, gas: gasLimit, ...fees })
    // It has no room in blocks any more.
    await client().setBlockGasLimit({ gasLimit: gasLimit / 2n })
    await chain().mine(1)
    expect(await pool(account())).toEqual([stuck])
    await startKeeper({ fees: { maxFeePerGas: parseGwei('200'), replaceAfterBlocks: 2 } })
    // Its own waits behind that one, whatever it offers.
    await until(async () => (await pool(account())).length === 2)
    await untilMined(async () => (await settlements(auction)) === 1)
    await client().setBlockGasLimit({ gasLimit })
    expect(said()).toContain('the journal knows nothing of this nonce')
    await blocks(3)
    expect(await sentBy(account())).toBe(2)
    await expect(client().getTransactionReceipt({ hash: stuck })).rejects.toThrow('could not be found')
  })

  it('whose enclave answers anything but a settlement says why, sends nothing, and asks again', async () => {
    const auction = await closedAuction()
    const answers: [number, string][] = [
      [200, '{"settlement":{}}'],
      [409, '{"error":{"code":"CLOSE_NOT_FINAL"}}'],
    ]
    const asked: string[] = []
    const enclave = createServer((request, response) => {
      const { url = '' } = request
      asked.push(url)
      const [status, text] = answers[asked.length - 1] ?? [307, '']
      response.writeHead(status, { location: enclaveUrl() + url }).end(text)
    })
    await once(enclave.listen(0, '127.0.0.1'), 'listening')
    try {
      await startKeeper({ enclaveUrls: [`http://127.0.0.1:${(enclave.address() as AddressInfo).port}`] })
      await until(() => Promise.resolve(asked.length >= answers.length))
      await untilSaid('CLOSE_NOT_FINAL')
      expect(await sentBy(account())).toBe(0)
      await until(async () => (await settlements(auction)) === 1)
    } finally {
      enclave.close()
    }
    expect(asked).toEqual(Array.from({ length: 3 }, () => `/v1/settlements/${auction.id}`))
    expect(said()).toContain('is not a settlement of this auction')
    expect(await sentBy(account())).toBe(1)
  })
})
