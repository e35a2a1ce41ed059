import { parseGwei, type Hash } from 'viem'
import { describe, expect, it } from 'vitest'
import { keeperSetting, until } from './setting'

const setting = keeperSetting()
const { chain, deployment, client, account, file, said, startKeeper, closedAuction } = setting
const { settlements, sentBy, pool, blocks, untilSaid, untilMined, mineAtFee } = setting

describe('a transaction that no block takes', () => {
  it('is replaced under its nonce until one does, and never above the cap', async () => {
    const auction = await closedAuction()
    await client().setAutomine(false)
    await startKeeper({ fees: { maxFeePerGas: parseGwei('100'), replaceAfterBlocks: 2 } })
    await until(async () => (await pool(account())).length === 1)
    const cheap = await client().getTransaction({ hash: (await pool(account()))[0]! })
    for (let block = 0; block < 3; ++block) await mineAtFee('40')
    await untilSaid('offering more')
    await until(async () => (await pool(account())).some((hash) => hash !== cheap.hash))
    const dear = await client().getTransaction({ hash: (await pool(account()))[0]! })
    expect(dear.nonce).toBe(cheap.nonce)
    expect(dear.input).toBe(cheap.input)
    expect(dear.maxFeePerGas! * 1000n).toBeGreaterThanOrEqual(cheap.maxFeePerGas! * 1125n)
    expect(dear.maxPriorityFeePerGas! * 1000n).toBeGreaterThanOrEqual(cheap.maxPriorityFeePerGas! * 1125n)

    await until(async () => {
      await mineAtFee('500')
      return said().includes('at the cap')
    })
    expect(await settlements(auction)).toBe(0)
    const signed = [...said().matchAll(/"maxFeePerGas":"(\d+)"/g)].map(([, fee]) => BigInt(fee!))
    expect(signed.every((fee) => fee <= parseGwei('100'))).toBe(true)
    await until(async () => {
      await mineAtFee('1')
      return (await settlements(auction)) === 1
    })
    await blocks(3)
    expect(await sentBy(account())).toBe(1)
  })
})

describe('a block that is taken back', () => {
  it('has its transaction sent again, under the same nonce', async () => {
    const auction = await closedAuction()
    await startKeeper()
    await untilMined(async () => (await settlements(auction)) === 1)
    await untilSaid('task performed')
    const hash = /"hash":"(0x[0-9a-f]{64})"/.exec(said())![1] as Hash
    const { blockNumber } = await client().getTransactionReceipt({ hash })
    const depth = Number((await chain().connection.readBlock('latest')).number - blockNumber) + 1
    await client().request({ method: 'anvil_reorg' as never, params: [depth, []] as never })
    await untilMined(async () => said().includes('its block was taken back') && (await settlements(auction)) === 1)
    await blocks(4)
    expect((await client().getTransactionReceipt({ hash })).status).toBe('success')
    expect(await sentBy(account())).toBe(1)
  })
})

describe('a start', () => {
  it('reads on from where the last one stopped, and from the beginning where that is lost', async () => {
    const auction = await closedAuction()
    const first = await startKeeper()
    await untilMined(async () => (await settlements(auction)) === 1)
    await blocks(4)
    const { block, auctions } = first.readiness()
    await first.stop()
    const next = await startKeeper()
    await until(() => Promise.resolve(next.readiness().ready))
    expect(said()).toContain(`"from":"${(block as bigint) + 1n}"`)
    expect(next.readiness()).toMatchObject({ auctions })
    const anew = await startKeeper({ account: account() + 1, stateFile: file('other') })
    await until(() => Promise.resolve(anew.readiness().ready))
    expect(said()).toContain(`"from":"${deployment().startBlock}"`)
    expect(anew.readiness()).toMatchObject({ auctions })
  })

  it('tells what it does in figures', async () => {
    const auction = await closedAuction()
    const keeper = await startKeeper()
    await untilMined(async () => (await settlements(auction)) === 1)
    await untilMined(async () =>
      (await keeper.metrics.registry.metrics()).includes('outcome="succeeded",service="keeper"} 1'),
    )
    const text = await keeper.metrics.registry.metrics()
    expect(text).toContain('keeper_transactions_total{task="settle",outcome="sent",service="keeper"} 1')
  })
})
