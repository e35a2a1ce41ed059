import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Oldest Node that everything here runs on: what Next and Prisma ask for. */
const OLDEST_NODE = [20, 19]

/** A sentence for the person at the terminal, in place of a stack. */
export class Helpful extends Error {}

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  throw new Helpful(
    `Subrosa needs Node ${OLDEST_NODE.join('.')} or newer; this is ${version}.\n` +
      'Install a newer one (https://nodejs.org, or your version manager) and run the same command again.',
  )
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** What node_modules was made from: another lock file, Node or machine means another installation. */
export function installationStamp(root) {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return [
    createHash('sha256').update(lock).digest('hex'),
    process.versions.modules,
    process.platform,
    process.arch,
  ].join(' ')
}

/**
 * Whether npm itself put every package of the lock file in place: its own record in node_modules lists them all.
 * Lets a hand-run `npm install` count.
 */
function matchesLock(root) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages
  const present = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    if (present[path] === undefined) return entry.optional === true
    return present[path].version === entry.version && present[path].integrity === entry.integrity
  })
}

/** Installs the exact packages of the lock file, unless they are there already. */
export function install(root, say) {
  const stampFile = join(root, 'node_modules', '.subrosa-stamp')
  const stamp = installationStamp(root)
  const found = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined
  if (found === stamp) return
  const sameMachine = found === undefined || found.split(' ').slice(1).join() === stamp.split(' ').slice(1).join()
  if (sameMachine && matchesLock(root)) {
    writeFileSync(stampFile, stamp)
    return
  }
  say(
    found === undefined
      ? 'Installing packages (once; a minute or two) ...'
      : 'Packages changed: installing them again ...',
  )
  // Development packages are needed to build and to test, whatever NODE_ENV says outside.
  const env = { ...process.env, NODE_ENV: 'development' }
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: root, env, stdio: 'inherit' }
  const result = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options)
  if (result.status !== 0) {
    throw new Helpful(
      'Installing the packages failed; npm says why above. With a network that reaches the npm registry, run the same command again.',
    )
  }
  writeFileSync(stampFile, stamp)
}
