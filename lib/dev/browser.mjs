import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Helpful } from './install.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

function executable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Path of a Chromium on this machine: CHROMIUM_PATH, the PATH, macOS applications, Playwright's own; or undefined. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) return executable(named) ? named : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...APPLICATIONS]
  const found = candidates.find(executable)
  if (found) return found
  const { chromium } = await import('playwright-core')
  const own = chromium.executablePath()
  return own && existsSync(own) ? own : undefined
}

/** As `findChromium`; installs Debian's package where that is possible (root, apt-get), else Playwright's browser. */
export async function ensureChromium(root, say) {
  const found = await findChromium()
  if (found) return found
  if (process.env.CHROMIUM_PATH)
    throw new Helpful(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which cannot be run.`)
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('The browser tests need Chromium: installing the Debian package ...')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const options = { env, stdio: ['ignore', 'ignore', 'inherit'] }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
  } else {
    say("The browser tests need Chromium: trying Playwright's own ...")
    const cli = join(root, 'node_modules', 'playwright-core', 'cli.js')
    spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const installed = await findChromium()
  if (installed) return installed
  throw new Helpful(
    'The browser tests need Chromium, and it could not be installed here.\n' +
      'Install it (Debian: `apt-get install chromium`; macOS: Google Chrome) or set CHROMIUM_PATH to one, and run `npm test` again.',
  )
}
