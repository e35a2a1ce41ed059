import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enclaveEvidenceResponseSchema } from '../../app/api/v1/_schemas/enclave'
import { DEMO_PEOPLE } from './support/cast'
import { sharedHouse } from './support/house'
import { leavesOf, putUp } from './support/market'
import { openBrowser, openPage } from './support/openBrowser'
import { bid, getDemoMoney, openAs } from './support/person'

const [BIDDER] = DEMO_PEOPLE.attestation
const house = sharedHouse()
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(() => browser.close())

const EVIDENCE = '**/api/v1/enclaves/*/evidence'

/** The server's answer, with collateral that says something else than was signed. */
async function breakEvidence(route: Route): Promise<void> {
  const answer = await route.fetch()
  const body = enclaveEvidenceResponseSchema.parse(await answer.json())
  for (const { evidence } of body.enclaves) {
    const collateral = evidence?.collateral as { tcb_info: string }
    collateral.tcb_info = collateral.tcb_info.replace('"tcbEvaluationDataNumber":1', '"tcbEvaluationDataNumber":2')
  }
  await route.fulfill({ response: answer, json: body })
}

async function tryToBid(page: Page): Promise<void> {
  await page.getByLabel('The most you can pay').fill('300')
  await page.getByRole('button', { name: 'Review your bid' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Seal and send' }).click()
}

describe('a bid', () => {
  it('is not sealed where the enclave’s evidence is broken, and says why; with the good one it goes through', async () => {
    const lot = await putUp(house, 'A lot behind an enclave')
    const { page } = await openAs(browser, house.web, BIDDER)
    await page.route(EVIDENCE, breakEvidence)
    await page.goto(lot.path)
    await getDemoMoney(page)
    await page.getByText('nothing is sealed to its key').first().waitFor()
    await page.getByText('The TCB info is not as its signer signed it.').first().waitFor()
    await tryToBid(page)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('nothing was sealed to its key').waitFor()
    await dialog.getByText('No money moved.').waitFor()
    expect(await dialog.innerText()).toContain('The TCB info is not as its signer signed it.')
    await dialog.getByRole('button', { name: 'Close' }).click()
    expect(await leavesOf(house, lot)).toBe(0)
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('receipt')))).toEqual([])

    await page.unroute(EVIDENCE)
    await page.reload()
    await page.getByText('simulated: no hardware protection').first().waitFor()
    await page.getByText('it holds').waitFor()
    await bid(page, '310')
    await page.getByText('310 DUSD', { exact: true }).waitFor()
    expect(await leavesOf(house, lot)).toBe(1)
    await page.context().close()
  })

  it('is not sealed where the evidence cannot be had', async () => {
    const lot = await putUp(house, 'A lot behind an enclave that nobody vouches for')
    const { page } = await openAs(browser, house.web, BIDDER)
    await page.route(EVIDENCE, (route) => route.abort())
    await page.goto(lot.path)
    await getDemoMoney(page)
    await tryToBid(page)
    await page.getByRole('dialog').getByText('could not be fetched').waitFor()
    expect(await leavesOf(house, lot)).toBe(0)
    await page.context().close()
  })
})

describe('the network page', () => {
  it('shows each check of the enclave’s evidence, as this browser made it', async () => {
    const { page, complaints } = await openPage(browser, house.web)
    await page.goto('/network')
    await page.getByText('evidence holds').first().waitFor()
    await page.getByText('simulated: no hardware protection').first().waitFor()
    await page
      .getByText(/^\d+ checks: \d+ hold, \d+ are not asked/)
      .first()
      .click()
    const row = page.getByRole('row', { name: /^quote signature/ }).first()
    expect(await row.innerText()).toContain('ok')
    expect(
      await page
        .getByRole('row', { name: /^registry entry/ })
        .first()
        .innerText(),
    ).toContain('signer 0x')
    expect(await page.getByRole('row', { name: /^mrtd/ }).first().innerText()).toContain('not asked')
    expect(complaints).toEqual([])

    await page.route(EVIDENCE, breakEvidence)
    await page.reload()
    await page.getByText('would not seal a bid to this key').first().waitFor()
    expect(
      await page
        .getByRole('row', { name: /^tcb info signature/ })
        .first()
        .innerText(),
    ).toContain('failed')
    await page.context().close()
  })
})
