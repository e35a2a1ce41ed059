import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type Execution = { code: number; stdout: string }

/**
 * Runs a Node program and waits for it.
 *
 * @param options.capture Keep stdout instead of showing it.
 */
export function execute(
  command: string,
  args: readonly string[],
  options: { capture?: boolean; cwd?: string } = {},
): Promise<Execution> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      stdio: ['ignore', options.capture ? 'pipe' : 'inherit', 'inherit'],
    })
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    const pass = (signal: NodeJS.Signals) => void child.kill(signal)
    process.on('SIGTERM', pass)
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('SIGTERM', pass)
      resolve({ code: code ?? 1, stdout: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

/** Runs the program of an installed package, without npx in between. */
export function executeBin(bin: string, args: readonly string[]): Promise<Execution> {
  return execute(process.execPath, [`${ROOT}/node_modules/${bin}`, ...args])
}
