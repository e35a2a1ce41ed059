// Outlives the local stack by a moment, so that nothing else does: when the stack's process is gone, however it went
// (kill -9 included), this stops what it had started. The stack tells the children's ids on stdin, one a line:
// `+<pid> <signal>` when one starts, `-<pid>` when it ended; the end of stdin is the death of the stack.
import { createInterface } from 'node:readline'

const GRACE_MS = 8_000
const watched = new Map()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

function send(target, signal) {
  try {
    process.kill(target, signal)
    return true
  } catch {
    return false
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [, sign, pid, signal] = /^([+-])(\d+)(?: (SIG[A-Z]+))?$/.exec(line) ?? []
    if (sign === '+') watched.set(Number(pid), signal ?? 'SIGTERM')
    if (sign === '-') watched.delete(Number(pid))
  })
  .on('close', () => {
    for (const [pid, signal] of watched) send(pid, signal)
    const deadline = Date.now() + GRACE_MS
    const poll = setInterval(() => {
      for (const pid of watched.keys()) if (!send(pid, 0)) watched.delete(pid)
      if (watched.size > 0 && Date.now() < deadline) return
      clearInterval(poll)
      // Children lead process groups of their own: whatever they started goes with them.
      for (const pid of watched.keys()) send(-pid, 'SIGKILL')
    }, 100)
  })
