import { describe, expect, it } from 'vitest'
import { taskKey } from '../../../lib/keeper/dueTasks'
import { staggerOf } from '../../../lib/keeper/stagger'
import type { TestAuction } from '../../fixtures/auctions'
import { keeperSetting, until } from './setting'

const setting = keeperSetting()
const { chain, client, account, addressOf, gate, file, said, startKeeper, closedAuction } = setting
const { settlements, sentBy, pool, blocks, untilMined } = setting

describe('two keepers', () => {
  it('with the same file: the second is refused', async () => {
    await startKeeper()
    await expect(startKeeper()).rejects.toThrow('another keeper works with')
  })

  it('with the same key and other files: one settlement, one nonce', async () => {
    const auction = await closedAuction()
    await client().setAutomine(false)
    await startKeeper()
    await until(async () => (await pool(account())).length === 1)
    await startKeeper({ stateFile: file('other') })
    await client().setAutomine(true)
    await untilMined(async () => (await settlements(auction)) === 1)
    await blocks(4)
    expect(await sentBy(account())).toBe(1)
  })

  it('that take turns: the slower one sends nothing', async () => {
    const turnOf = (auction: TestAuction, index: number) =>
      staggerOf(taskKey({ id: auction.id, kind: 'settle' }), addressOf(index), 3)
    const auctions: TestAuction[] = []
    while (auctions.length < 4) auctions.push(await closedAuction())
    const turns = auctions.map((auction) => [account(), account() + 1].map((index) => turnOf(auction, index)))
    // Where they draw the same block, both may send.
    const ties = turns.filter(([one, other]) => one === other).length
    await client().setAutomine(false)
    const one = await startKeeper({ staggerBlocks: 3 })
    const other = await startKeeper({ staggerBlocks: 3, account: account() + 1, stateFile: file('other') })
    await until(() => Promise.resolve([one, other].every((keeper) => keeper.readiness().due === 4)))
    for (let block = 0; block <= 3; ++block) {
      // Whose turn it is in this block has all the time that it needs: blocks come when its transactions wait for one.
      const due = turns.filter((both) => Math.min(...both) === block).length
      await until(async () => (await pool(account())).length + (await pool(account() + 1)).length >= due)
      await blocks(1)
    }
    expect(await Promise.all(auctions.map(settlements))).toEqual([1, 1, 1, 1])
    await blocks(2)
    const sent = (await sentBy(account())) + (await sentBy(account() + 1))
    expect(sent).toBeGreaterThanOrEqual(4)
    expect(sent).toBeLessThanOrEqual(4 + ties)
  })

  it('that send in the same block: one is paid for, the other costs less than two plain transfers, and only once', async () => {
    const auction = await closedAuction()
    // Both are blind to what waits, as where nodes do not show it.
    await client().setAutomine(false)
    let held = 0
    gate((method) => (method === 'eth_sendRawTransaction' && ++held <= 2 ? 'drop' : 'pass'))
    await Promise.all([startKeeper(), startKeeper({ account: account() + 1, stateFile: file('other') })])
    await until(async () => (await pool(account())).length + (await pool(account() + 1)).length === 2)
    await chain().mine(1)
    await client().setAutomine(true)
    expect(await settlements(auction)).toBe(1)
    await blocks(5)
    expect([await sentBy(account()), await sentBy(account() + 1)]).toEqual([1, 1])
    const spent = [...said().matchAll(/"gasUsed":"(\d+)".*?"msg":"transaction reverted"/g)].map(([, gas]) =>
      Number(gas),
    )
    expect(spent).toHaveLength(1)
    expect(spent[0]).toBeLessThan(60_000)
  })
})
