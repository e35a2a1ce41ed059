import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type Execution = { code: number; stdout: string }

/** Takes what a program says, as it says it. */
export type Sink = (chunk: Buffer) => void

/**
 * Runs a Node program and waits for it.
 *
 * @param options.capture Keep stdout instead of showing it.
 * @param options.sink Takes what the program shows; without one it goes to this terminal.
 */
export function execute(
  command: string,
  args: readonly string[],
  options: { capture?: boolean; cwd?: string; sink?: Sink | undefined } = {},
): Promise<Execution> {
  const { capture = false, cwd = ROOT, sink } = options
  return new Promise((resolve, reject) => {
    const shown = sink ? 'pipe' : 'inherit'
    const child = spawn(command, args, { cwd, stdio: ['ignore', capture ? 'pipe' : shown, shown] })
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => {
      if (capture) chunks.push(chunk)
      else sink?.(chunk)
    })
    child.stderr?.on('data', (chunk: Buffer) => sink?.(chunk))
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
export function executeBin(bin: string, args: readonly string[], options: { sink?: Sink | undefined } = {}) {
  return execute(process.execPath, [`${ROOT}/node_modules/${bin}`, ...args], options)
}
