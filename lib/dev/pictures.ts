import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { z } from 'zod'
import { findChromium } from './browser.mjs'
import { readRunningStack } from './stackFile'
import { ROOT } from './web'

/** `npm run pictures`: takes the README's pictures from the running, seeded stack (`npm start`). */

const FOLDER = join(ROOT, 'docs', 'images')
const LARGEST_BYTES = 150_000
const PATIENCE_MS = 60_000
const WINDOW = { width: 1120, height: 760 }

const listSchema = z.object({ auctions: z.array(z.object({ id: z.string() })) })

const marketsSchema = z.object({
  markets: z.array(z.object({ id: z.string(), all: z.object({ batches: z.number() }) })),
})
/** So that a chart shows something. */
const FEWEST_TRADED = 8

type Theme = 'light' | 'dark'
type Shot = { name: string; theme: Theme; take: (page: Page, web: string) => Promise<unknown> }

async function lotIn(web: string, query: string, title: string): Promise<string> {
  const answer = await fetch(`${web}/api/v1/auctions?limit=100&${query}`)
  const { auctions } = listSchema.parse(await answer.json())
  for (const { id } of auctions) {
    const page = await (await fetch(`${web}/auctions/${id}`)).text()
    if (page.includes(title)) return `${web}/auctions/${id}`
  }
  throw new Error(`No auction ${query} shows “${title}”. Start with npm start -- --reset, and wait for the seeds.`)
}

async function busiestMarket(web: string): Promise<string> {
  const { markets } = marketsSchema.parse(await (await fetch(`${web}/api/v1/markets?limit=100`)).json())
  const [busiest] = [...markets].sort((a, b) => b.all.batches - a.all.batches)
  if (!busiest || busiest.all.batches < FEWEST_TRADED) {
    throw new Error(`No market has traded in ${FEWEST_TRADED} batches yet: let the bots go on for a while.`)
  }
  return `${web}/book/${busiest.id}`
}

async function connect(page: Page, web: string): Promise<void> {
  await page.goto(`${web}/auctions`)
  await page.locator('summary', { hasText: 'Connect wallet' }).click()
  await page.getByRole('button', { name: 'Demo wallet' }).click()
  await page.locator('summary', { hasText: 'Demo person' }).waitFor()
}

async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('main .pulse').first().waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle').catch(() => undefined)
}

/** The bid form filled in, and what agreeing to it would do. Nothing is sent. */
async function fillBid(page: Page, web: string): Promise<void> {
  await connect(page, web)
  await page.goto(await lotIn(web, 'phase=open', 'A clock that runs backwards'))
  await page.getByLabel('The most you can pay').fill('2.85')
  await page.getByRole('button', { name: 'Review your bid' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Seal and send' }).waitFor()
}

const SHOTS: Shot[] = [
  {
    name: 'catalogue-light',
    theme: 'light',
    take: (page, web) => page.goto(`${web}/auctions?phase=all`),
  },
  {
    name: 'catalogue-dark',
    theme: 'dark',
    take: (page, web) => page.goto(`${web}/auctions?phase=all`),
  },
  {
    name: 'auction-light',
    theme: 'light',
    take: async (page, web) => page.goto(await lotIn(web, 'phase=open', 'Six etchings')),
  },
  { name: 'bid-light', theme: 'light', take: fillBid },
  {
    name: 'result-dark',
    theme: 'dark',
    take: async (page, web) => page.goto(await lotIn(web, 'phase=final', 'Orchard in October')),
  },
  {
    name: 'sell-light',
    theme: 'light',
    take: async (page, web) => {
      await connect(page, web)
      await page.goto(`${web}/auctions/new`)
      await page.getByText('No reserve at the second price').waitFor()
    },
  },
  {
    name: 'portfolio-dark',
    theme: 'dark',
    take: async (page, web) => {
      const bidder = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
      await page.goto(`${web}/portfolio?address=${bidder}`)
    },
  },
  {
    name: 'market-light',
    theme: 'light',
    take: async (page, web) => {
      await connect(page, web)
      await page.goto(await busiestMarket(web))
      await page.getByText('Price and volume').waitFor()
    },
  },
]

async function shoot(browser: Browser, web: string, { name, theme, take }: Shot): Promise<void> {
  const context = await browser.newContext({
    viewport: WINDOW,
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    await take(page, web)
    await settle(page)
    const picture = await page.screenshot({ type: 'png' })
    if (picture.length > LARGEST_BYTES) throw new Error(`${name}: ${picture.length} bytes are too many`)
    await writeFile(join(FOLDER, `${name}.png`), picture)
    console.log(`docs/images/${name}.png: ${picture.length} bytes`)
  } finally {
    await context.close()
  }
}

const dir = process.argv[2] ?? join(ROOT, '.subrosa')
const web = process.argv[3] ?? (await readRunningStack(dir))?.urls.web
const executablePath = await findChromium()
if (!web) throw new Error(`No stack with a web app runs in ${dir}: npm start.`)
if (!executablePath) throw new Error('No Chromium on this machine: npm test installs one.')
await mkdir(FOLDER, { recursive: true })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  for (const shot of SHOTS) await shoot(browser, web, shot)
} finally {
  await browser.close()
}
