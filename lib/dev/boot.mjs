// What `npm start` and `npm test` run first: built-in modules only, since nothing else may be installed yet.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Helpful, checkNode, install } from './install.mjs'
import { prismaGenerate } from './prismaGenerate.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** A bench's standard output is its figures. */
const say = (line) => (process.argv[2] === 'bench' ? console.error(line) : console.log(line))

const COMMANDS = {
  start: { script: 'lib/dev/start.ts', needsBrowser: false },
  test: { script: 'tests/run.ts', needsBrowser: true },
  check: { script: 'tests/check.ts', needsBrowser: false },
  bench: { script: 'tests/bench/run.ts', needsBrowser: true },
  'test:polkadot-hub': { script: 'tests/polkadotHub/run.ts', needsBrowser: false },
}

/** Runs a TypeScript program in this terminal, with this process as a transparent wrapper. */
function run(script, args, env) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, script), ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  // Ctrl-C reaches the child by itself, as it is in the terminal's process group; a signal sent to this process alone does not.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT')
  })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`Could not start ${script}: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}

async function main([name, ...args]) {
  const command = COMMANDS[name]
  if (!command) throw new Helpful(`Usage: node lib/dev/boot.mjs ${Object.keys(COMMANDS).join('|')} [flags]`)
  checkNode()
  install(root, say)
  prismaGenerate(say)
  const env = { ...process.env }
  if (command.needsBrowser) {
    const { ensureChromium } = await import('./browser.mjs')
    env.CHROMIUM_PATH = await ensureChromium(root, say)
  }
  run(command.script, args, env)
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Helpful ? error.message : error)
  process.exitCode = 1
})
