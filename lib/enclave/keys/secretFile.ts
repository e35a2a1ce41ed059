import { randomBytes } from 'node:crypto'
import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const SECRET_LENGTH = 32

/**
 * Reads 32 secret bytes from a file, which is made with fresh ones where it does not exist yet.
 *
 * @throws Error if others than the owner may read it, or it does not hold 64 hex digits. Never names the contents.
 */
export async function loadSecretFile(path: string): Promise<Uint8Array> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const created = await createSecretFile(path)
  if (created) return created
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

/** Null where the file exists. `wx` lets one of two processes that start together win. */
async function createSecretFile(path: string): Promise<Uint8Array | null> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null
    throw error
  })
  if (!file) return null
  try {
    const secret = randomBytes(SECRET_LENGTH)
    await file.writeFile(`${secret.toString('hex')}\n`)
    await file.sync()
    return new Uint8Array(secret)
  } finally {
    await file.close()
  }
}
