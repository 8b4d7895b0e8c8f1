import { setTimeout as wait } from 'node:timers/promises'
import type { Subject } from '@/lib/authz'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import { generation } from './changes'
import { warmHelpDirectory } from './help-directory'
import { keyActor, loadKeyFacts } from './load-keys'

interface Kept {
  /** Null: nobody's. */
  facts: string | null
  actor: Subject | null
  generation: number
  until: number
  isAging: boolean
}

/** Keys whose facts are asked in one statement, once. */
interface Asking {
  hashes: Set<string>
  generation: number
  answer: Promise<Map<string, Subject | null>>
}

interface State {
  kept: Map<string, Kept>
  /** By hash: what is asked for already. */
  asked: Map<string, Asking>
  /** What still takes keys in. */
  open: Asking | null
  aging: Set<string>
  isRenewing: boolean
}

const keptMilliseconds = 5000
/** Asked again before it is needed, so that nobody waits for it. */
const renewedMilliseconds = 2500
const gatheredMilliseconds = 100
const mostAtOnce = 100
const mostKept = 20_000

const state = () =>
  singleton<State>('identity-kept-keys', () => ({
    kept: new Map(),
    asked: new Map(),
    open: null,
    aging: new Set(),
    isRenewing: false,
  }))

/** The same rights keep the same actor, and with it what was decided of it. */
function keep(hash: string, facts: string | null, asked: Pick<Kept, 'generation' | 'until'>): Subject | null {
  const { kept } = state()
  const before = kept.get(hash)
  if (before && (before.generation > asked.generation || before.until > asked.until)) return before.actor
  const known = before?.facts === facts ? before.actor : null
  const actor = facts === null ? null : (known ?? keyActor(facts))
  if (kept.size >= mostKept) kept.clear()
  kept.set(hash, { facts, actor, ...asked, isAging: false })
  return actor
}

async function load(hashes: readonly string[]): Promise<Map<string, Subject | null>> {
  const asked = { generation: generation(), until: Date.now() + keptMilliseconds }
  const [found] = await Promise.all([loadKeyFacts('hash', hashes), warmHelpDirectory()])
  return new Map(hashes.map((hash) => [hash, keep(hash, found.get(hash) ?? null, asked)]))
}

/** Few at a time: the portal's thread answers reads meanwhile. */
async function renew(): Promise<void> {
  const { aging } = state()
  while (aging.size > 0) {
    await wait(gatheredMilliseconds, undefined, { ref: false })
    const hashes = [...aging].slice(0, mostAtOnce)
    for (const hash of hashes) aging.delete(hash)
    await load(hashes)
  }
}

function renewSoon(hash: string): void {
  const held = state()
  held.aging.add(hash)
  if (held.isRenewing) return
  held.isRenewing = true
  renew()
    .catch((error: unknown) =>
      logger().debug({ err: error }, 'keys in use were not asked again; who comes asks'),
    )
    .finally(() => {
      held.isRenewing = false
    })
}

/** Who a key's hash stands for, null for nobody; undefined when that has to be asked. */
export function keptKey(hash: string): Subject | null | undefined {
  const found = state().kept.get(hash)
  const left = found ? found.until - Date.now() : 0
  if (!found || found.generation !== generation() || left <= 0) return undefined
  if (left < keptMilliseconds - renewedMilliseconds && found.actor !== null && !found.isAging) {
    found.isAging = true
    renewSoon(hash)
  }
  return found.actor
}

/** Those who ask in one turn of the event loop ask together. */
function ask(hash: string): Asking {
  const held = state()
  if (held.open && held.open.hashes.size < mostAtOnce && held.open.generation === generation()) {
    held.open.hashes.add(hash)
    return held.open
  }
  const hashes = new Set([hash])
  const begun = new Promise<void>((resolve) => setImmediate(resolve))
  const answer = begun
    .then(() => {
      if (held.open === asking) held.open = null
      return load([...hashes])
    })
    .finally(() => {
      for (const one of hashes) if (held.asked.get(one) === asking) held.asked.delete(one)
    })
  const asking: Asking = { hashes, generation: generation(), answer }
  held.open = asking
  return asking
}

/**
 * Who a key's hash stands for; null for nobody. Asked at most once in five seconds, and anew after any change that this
 * process has heard of. Callers at once share one question; one that failed is not kept.
 */
export async function keyOf(hash: string): Promise<Subject | null> {
  const held = state()
  const known = keptKey(hash)
  if (known !== undefined) return known
  const running = held.asked.get(hash)
  const asking = running?.generation === generation() ? running : ask(hash)
  held.asked.set(hash, asking)
  return (await asking.answer).get(hash) ?? null
}
