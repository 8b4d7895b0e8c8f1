import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../../scripts/lib/paths.mjs'

/**
 * bench/peers/<script>.py in the Python that ALMANAC_BENCH_PYTHON names: { pid, versions, ask, stop }; null when it
 * cannot be run. `versions` has the peers that are installed there.
 */
export async function startPeers(script) {
  const python = process.env.ALMANAC_BENCH_PYTHON ?? 'python3'
  const child = spawn(python, [join(root, 'bench', 'peers', `${script}.py`)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  // Without that Python the output has no end: whoever waits for its first line alone waits for nothing.
  const missing = once(child, 'error').then(() => ({ done: true }))
  const first = await Promise.race([lines.next().catch(() => ({ done: true })), missing])
  if (first.done) return null
  return {
    pid: child.pid,
    versions: JSON.parse(first.value),
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`${request.peer} ended`)
      return JSON.parse(value)
    },
    stop: () => child.stdin.end(),
  }
}
