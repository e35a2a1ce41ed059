import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')

/** A checkout of two packages, one of them optional, with a stand-in for npm that notes how it was called. */
let checkout = ''
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'subrosa-boot-'))
  mkdirSync(join(checkout, 'lib/dev'), { recursive: true })
  for (const file of ['boot.mjs', 'install.mjs', 'browser.mjs', 'prismaGenerate.mjs']) {
    cpSync(join(root, 'lib/dev', file), join(checkout, 'lib/dev', file))
  }
  writeLock('1.0.0')
  const npm = `import { appendFileSync, mkdirSync } from 'node:fs'
mkdirSync('node_modules', { recursive: true })
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + ' NODE_ENV=' + process.env.NODE_ENV + '\\n')
process.exit(Number(process.env.NPM_FAILS ?? 0))`
  writeFileSync(join(checkout, 'npm.mjs'), npm)
})
afterEach(() => rmSync(checkout, { recursive: true, force: true }))

const packages = (version: string) => ({
  '': { name: 'checkout' },
  'node_modules/needed': { version, integrity: `sha512-${version}` },
})

function writeLock(version: string): void {
  const optional = { 'node_modules/other-machine': { version: '2.0.0', integrity: 'sha512-x', optional: true } }
  writeFileSync(
    join(checkout, 'package-lock.json'),
    JSON.stringify({ packages: { ...packages(version), ...optional } }),
  )
}

function install(env: Record<string, string> = {}): { status: number | null; output: string; calls: string[] } {
  const program = `import { install } from './lib/dev/install.mjs'
try { install(process.cwd(), console.log) } catch (error) { console.log(error.constructor.name, error.message); process.exit(1) }`
  const result = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: join(checkout, 'npm.mjs'), ...env },
  })
  let calls: string[] = []
  try {
    calls = readFileSync(join(checkout, 'npm-calls'), 'utf8').trim().split('\n')
  } catch {
    // npm was not called.
  }
  return { status: result.status, output: result.stdout + result.stderr, calls }
}

describe('what `npm start` installs', () => {
  it('installs once, development packages included, whatever NODE_ENV says', () => {
    const first = install({ NODE_ENV: 'production' })
    expect(first.status).toBe(0)
    expect(first.output).toContain('Installing')
    const again = install({ NODE_ENV: 'production' })
    expect(again.output).toBe('')
    expect(again.calls).toEqual([expect.stringMatching(/^ci --include=dev .*NODE_ENV=development$/)])
  })

  it('installs again when the lock file changes', () => {
    install()
    writeLock('1.0.1')
    expect(install().calls).toHaveLength(2)
    expect(install().calls).toHaveLength(2)
  })

  it('takes what a hand-run npm install put there, optional packages of other machines aside', () => {
    mkdirSync(join(checkout, 'node_modules'))
    writeFileSync(join(checkout, 'node_modules/.package-lock.json'), JSON.stringify({ packages: packages('1.0.0') }))
    expect(install().calls).toEqual([])
    writeLock('1.0.1')
    expect(install().calls).toHaveLength(1)
  })

  it('says what to do when npm fails, and tries again the next time', () => {
    const failed = install({ NPM_FAILS: '1' })
    expect(failed.status).toBe(1)
    expect(failed.output).toContain('Helpful Installing the packages failed')
    expect(install().calls).toHaveLength(2)
  })
})

describe('boot', () => {
  it('refuses an old Node in one sentence, and an unknown command with its usage', () => {
    const program = `import { checkNode } from './lib/dev/install.mjs'
for (const version of ['18.20.0', '20.18.9', '20.19.0', '24.1.0']) {
  try { checkNode(version); console.log(version, 'fine') } catch (error) { console.log(version, error.message.split('\\n')[0]) }
}`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: checkout,
      encoding: 'utf8',
    })
    expect(stdout.trim().split('\n')).toEqual([
      '18.20.0 Subrosa needs Node 20.19 or newer; this is 18.20.0.',
      '20.18.9 Subrosa needs Node 20.19 or newer; this is 20.18.9.',
      '20.19.0 fine',
      '24.1.0 fine',
    ])
    const unknown = spawnSync(process.execPath, ['lib/dev/boot.mjs', 'stary'], { cwd: checkout, encoding: 'utf8' })
    expect(unknown.status).toBe(1)
    expect(unknown.stderr).toBe('Usage: node lib/dev/boot.mjs start|test|check|bench|test:polkadot-hub [flags]\n')
  })

  it('finds the browser that CHROMIUM_PATH names, or says that it cannot be run', () => {
    const program = `import { ensureChromium } from './lib/dev/browser.mjs'
try { console.log(await ensureChromium(process.cwd(), console.log)) } catch (error) { console.log(error.message) }`
    const run = (path: string) =>
      spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
        cwd: checkout,
        encoding: 'utf8',
        env: { ...process.env, CHROMIUM_PATH: path },
      }).stdout.trim()
    expect(run(process.execPath)).toBe(process.execPath)
    expect(run('/nowhere/chromium')).toBe('CHROMIUM_PATH is /nowhere/chromium, which cannot be run.')
  })
})
