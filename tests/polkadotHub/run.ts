import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { figuresTable } from './figures'

/**
 * `npm run test:polkadot-hub -- --spec FILE`: the whole product on a real Hub runtime. FILE is a chain specification with
 * pallet-revive in its runtime, for instance `passet-hub-spec.json` of the repository r0gue-io/pop-cli. Apart from
 * `npm test`, which must pass with what npm has.
 */
async function main(): Promise<void> {
  const { spec } = parseArgs({ options: { spec: { type: 'string' } } }).values
  if (spec === undefined || !existsSync(spec)) {
    console.error('Usage: npm run test:polkadot-hub -- --spec FILE   (a chain specification with pallet-revive)')
    process.exit(2)
  }
  // Read when the chain's package is loaded.
  process.env['LOG_LEVEL'] ??= 'error'
  const [{ startWorld }, { runAuction }] = await Promise.all([import('./world'), import('./auction')])
  const world = await startWorld(resolve(spec))
  await runAuction(world)
  console.log(figuresTable())
  await world.close()
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    console.log(figuresTable())
    process.exit(1)
  },
)
