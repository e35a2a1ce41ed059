import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { findPostgresHome, makeDataFolder, type PostgresHome } from './postgresUser'
import { recordOf, stopLeftover, stopProcess } from './processes'
import { pidFileOf, startService, type Service, type ServiceContext } from './service'

const DATABASE = 'subrosa'
const USER = 'subrosa'

export type LocalPostgres = {
  service: Service
  databaseUrl: string
  /** Throws the database's content away: for when the chain that it mirrors is another one. */
  recreate: () => Promise<void>
}

async function passwordOf(dir: string): Promise<string> {
  const file = join(dir, 'db-password')
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept) return kept
  const password = randomBytes(24).toString('hex')
  await writeFile(file, password, { mode: 0o600 })
  return password
}

async function initialise(home: PostgresHome, password: string): Promise<void> {
  await rm(home.data, { recursive: true, force: true })
  await makeDataFolder(home)
  const passwordFile = join(tmpdir(), `subrosa-initdb-${randomBytes(8).toString('hex')}`)
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (home.uid !== undefined && home.gid !== undefined) await chown(passwordFile, home.uid, home.gid)
  const result = spawnSync(
    join(home.native, 'bin', 'initdb'),
    [
      ...['--pgdata', home.data, '--auth', 'scram-sha-256', '--username', USER, '--pwfile', passwordFile],
      ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
    ],
    { cwd: '/', encoding: 'utf8', uid: home.uid, gid: home.gid },
  )
  await rm(passwordFile, { force: true })
  if (result.status !== 0) throw new Error(`Making the database cluster failed:\n${result.stderr}`)
}

/** A server that an earlier run left behind: its own pid file is authoritative, ours may not have been written. */
async function stopStray(home: PostgresHome, context: ServiceContext): Promise<void> {
  let found = await stopLeftover(pidFileOf(context.dir, 'postgres'), 'SIGINT')
  const [pid, folder] = (await readFile(join(home.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const record = pid && folder === home.data ? recordOf(Number(pid)) : undefined
  if (record && (await isPostgres(record.pid))) {
    await stopProcess(record, 'SIGINT')
    found = true
  }
  if (found) context.log('Stopped a database that an earlier run left behind')
}

/** A pid file survives a power cut and its number may be anybody's by now. */
async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes('postgres')
  }
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('postgres')
}

async function withClient<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  // A server that goes away between queries is seen by the next query; as an event it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** Starts PostgreSQL from npm, its data kept between runs, reachable from this machine alone. */
export async function startPostgres(context: ServiceContext, port: number): Promise<LocalPostgres> {
  const home = await findPostgresHome(context.dir)
  for (const program of ['postgres', 'initdb'])
    await chmod(join(home.native, 'bin', program), 0o755).catch(() => undefined)
  await stopStray(home, context)
  const password = await passwordOf(context.dir)
  // Written after initdb: a first start that was cut short starts over.
  const complete = join(context.dir, 'db-complete')
  if (!existsSync(complete) || !existsSync(join(home.data, 'PG_VERSION'))) {
    await initialise(home, password)
    await writeFile(complete, '')
  }

  const urlOf = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`
  const service = await startService(
    {
      name: 'postgres',
      command: join(home.native, 'bin', 'postgres'),
      args: ['-D', home.data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      // postgres wants a working directory that its user may enter.
      cwd: '/',
      uid: home.uid,
      gid: home.gid,
      stopSignal: 'SIGINT',
      check: () => withClient(urlOf('postgres'), () => Promise.resolve(true)),
    },
    context,
  )
  const create = () =>
    withClient(urlOf('postgres'), async (client) => {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
      if (rowCount === 0) await client.query(`create database ${DATABASE}`)
    })
  await create()
  return {
    service,
    databaseUrl: urlOf(DATABASE),
    recreate: async () => {
      await withClient(urlOf('postgres'), (client) => client.query(`drop database if exists ${DATABASE} with (force)`))
      await create()
    },
  }
}

/** Removes the cluster, wherever it lives. Nothing may be running. */
export async function removePostgresData(dir: string): Promise<void> {
  const { data } = await findPostgresHome(dir)
  const isElsewhere = data !== join(dir, 'db')
  await rm(isElsewhere ? dirname(data) : data, { recursive: true, force: true })
}
