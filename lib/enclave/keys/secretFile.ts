import { randomBytes } from 'node:crypto'
import { access, link, mkdir, open, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

const SECRET_LENGTH = 32

/**
 * Reads 32 secret bytes from a file, which is made with fresh ones where it does not exist yet. It is there whole, or not
 * at all, whenever the machine stops; of processes that start together all read the same.
 *
 * @throws Error if others than the owner may read it, or it does not hold 64 hex digits. Never names the contents.
 */
export async function loadSecretFile(path: string): Promise<Uint8Array> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!(await exists(path))) await createSecretFile(path, folder)
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) throw new Error(`${path} may be read by others than its owner: chmod 600 it.`)
  const file = await open(path, 'r')
  try {
    const text = (await file.readFile('utf8')).trim()
    if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${path} does not hold ${SECRET_LENGTH} bytes in hex.`)
    return new Uint8Array(Buffer.from(text, 'hex'))
  } finally {
    await file.close()
  }
}

/** Written under another name, and given its own once it is on the disk. Whoever was first has the name. */
async function createSecretFile(path: string, folder: string): Promise<void> {
  const draft = `${path}.${randomBytes(8).toString('hex')}`
  try {
    await writeDown(draft, `${randomBytes(SECRET_LENGTH).toString('hex')}\n`)
    await link(draft, path).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    })
  } finally {
    await unlink(draft).catch(() => undefined)
  }
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

async function writeDown(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
