import type { Stack } from '../../../lib/dev/stack'

/**
 * Stops the keeper's process in its tracks, so that people have to collect what is theirs themselves.
 * @returns lets it go on.
 */
export function pauseKeeper(stack: Stack): () => void {
  const pid = stack.pids().keeper
  if (pid === undefined) throw new Error('There is no keeper to pause.')
  process.kill(pid, 'SIGSTOP')
  return () => process.kill(pid, 'SIGCONT')
}
