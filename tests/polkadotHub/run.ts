import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { figuresTable } from './figures'

/**
 * `npm run test:polkadot-hub -- --spec FILE [--raise-event-limit] [--only auction|book]`: the whole product on a real Hub
 * runtime. FILE is a chain specification with pallet-revive in its runtime, for instance `passet-hub-spec.json` of the
 * repository r0gue-io/pop-cli, whose runtime takes no event as long as a sealed bid: with the flag a copy of it runs that
 * does. Apart from `npm test`, which must pass with what npm has.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { spec: { type: 'string' }, only: { type: 'string' }, 'raise-event-limit': { type: 'boolean' } },
  })
  const { spec, only } = values
  const isKnown = only === undefined || only === 'auction' || only === 'book'
  if (spec === undefined || !existsSync(spec) || !isKnown) {
    console.error('Usage: npm run test:polkadot-hub -- --spec FILE [--raise-event-limit] [--only auction|book]')
    console.error('FILE: a chain specification with pallet-revive')
    process.exit(2)
  }
  // Read when the chain's package is loaded.
  process.env['LOG_LEVEL'] ??= 'error'
  const [{ startWorld }, { runAuction }, { runBook }] = await Promise.all([
    import('./world'),
    import('./auction'),
    import('./book'),
  ])
  const world = await startWorld(resolve(spec), { raiseEvents: values['raise-event-limit'] ?? false })
  if (only !== 'book') await runAuction(world)
  if (only !== 'auction') await runBook(world)
  console.log(figuresTable())
  await world.close()
}

// What was started ends with this process, however it ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    console.log(figuresTable())
    process.exit(1)
  },
)
