import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { takeLock } from './fileLock'
import { removePostgresData } from './postgres'
import { StackRuns, startStack, type Stack } from './stack'
import { readRunningStack } from './stackFile'
import { portsFrom } from './stackOptions'
import { ROOT } from './web'

/** Read besides the flags; a service's own variables are set by the stack. */
const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HOST: z.string().min(1).optional(),
})

function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 65535)
    throw new InvalidArgumentError('A port is a number from 1 to 65535.')
  return value
}

const flags = new Command('npm start --')
  .description('Starts Subrosa on this machine: chain, database, enclave simulator, keeper, indexer and web.')
  .option('--reset', 'throw away the local chain, database and keys first')
  .option('--no-seed', 'open no demonstration auctions and markets, and run no bots')
  .option('--no-web', 'leave the web app out')
  .option('--polkadot', 'also start a local Asset Hub, and anchor settlements in it')
  .option('--port <port>', 'port of the web app (next free one if taken)', port)
  .option('--base-port <port>', 'take ports from here on, in place of the usual ones', port)
  .option('--dir <folder>', 'where data is kept', join(ROOT, '.subrosa'))
  .parse(process.argv)
  .opts<{
    reset?: boolean
    seed: boolean
    web: boolean
    polkadot?: boolean
    port?: number
    basePort?: number
    dir: string
  }>()

const say = (line: string) => console.log(line)

/** Everything but the web app's builds and their lock, which belong to the checkout. */
async function reset(dir: string): Promise<void> {
  const release = await takeLock(join(dir, 'lock'))
  if (!release) throw new StackRuns()
  await removePostgresData(dir)
  for (const name of [
    'chain',
    'asset-hub',
    'db',
    'db-complete',
    'db-password',
    'enclave',
    'deployment.json',
    'seed.json',
    'stack.json',
    'logs',
    'pids',
  ]) {
    await rm(join(dir, name), { recursive: true, force: true })
  }
  await release()
  say('Local chain, database and keys thrown away.')
}

function welcome(stack: Stack, seeded: boolean): void {
  const web = stack.urls.web
  say('')
  if (web) {
    say(`  Subrosa is ready: open ${web}`)
    say('')
    say('  Choose "Demo wallet" in the browser: ten funded accounts, made for trying.')
    say(
      `  ${seeded ? 'Demonstration auctions and markets are being opened; place' : 'Create an auction, then place'} a sealed bid on one.`,
    )
  } else {
    say(`  Subrosa is ready, without the web app. Chain: ${stack.urls.rpc}`)
  }
  if (stack.urls.hub) {
    say(`  Settlements are anchored in a local Asset Hub, ${stack.urls.hub}: one node, no forks, final at once.`)
  }
  say(`  Everything is local and simulated. Logs: ${join(stack.dir, 'logs')}`)
  say('  Ctrl-C stops it; your data is kept for the next start (npm start -- --reset begins afresh).')
  say('')
}

async function main(): Promise<void> {
  const env = environment.parse(process.env)
  const up: { stack?: Stack } = {}
  let leaving = false
  const leave = (signal: NodeJS.Signals) => {
    // The terminal and npm may each pass on the same Ctrl-C.
    if (leaving) return
    leaving = true
    process.exitCode = signal === 'SIGINT' ? 130 : 143
    say('\nStopping ...')
    // Half-started parts are stopped by the warden as soon as this process is gone.
    if (!up.stack) process.exit()
    void up.stack.stop().then(() => {
      say('Stopped. Your data is kept.')
      process.exit(0)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave)

  if (flags.reset) await reset(flags.dir)
  up.stack = await startStack({
    dir: flags.dir,
    ports: {
      ...(flags.basePort === undefined ? {} : portsFrom(flags.basePort)),
      ...(flags.port === undefined ? {} : { web: flags.port }),
    },
    log: say,
    seed: flags.seed,
    web: flags.web,
    polkadot: flags.polkadot ?? false,
    host: env.HOST ?? '127.0.0.1',
    databaseUrl: env.DATABASE_URL,
  })
  welcome(up.stack, flags.seed)
}

main().catch(async (error: unknown) => {
  if (error instanceof StackRuns) {
    const running = await readRunningStack(flags.dir)
    const where = running?.urls.web ?? running?.urls.rpc
    say(
      where ? `Subrosa already runs here: open ${where}` : 'Subrosa is already starting in this folder; wait a moment.',
    )
    say('To start it anew, stop that one first (Ctrl-C in its terminal).')
    process.exit(flags.reset ? 1 : 0)
  }
  console.error(error instanceof Error ? error.message : error)
  console.error(`Subrosa did not start. Logs: ${join(flags.dir, 'logs')}`)
  process.exit(1)
})
