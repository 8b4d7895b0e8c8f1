import { renewal } from '@/db/renewal'
import type { Subject } from '@/lib/authz'
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
  usedAt: number
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
}

const keptMilliseconds = 5000
/** A key that was used so lately is asked again before it is needed, so that nobody waits for it. */
const inUseMilliseconds = 15_000
const endingMilliseconds = 1500
const mostAtOnce = 100
const mostKept = 20_000

const state = () =>
  singleton<State>('identity-kept-keys', () => ({
    kept: new Map(),
    asked: new Map(),
    open: null,
  }))

/** The same rights keep the same actor, and with it what was decided of it. */
function keep(hash: string, facts: string | null, asked: Pick<Kept, 'generation' | 'until'>): Subject | null {
  const { kept } = state()
  const before = kept.get(hash)
  if (before && (before.generation > asked.generation || before.until > asked.until)) return before.actor
  const known = before?.facts === facts ? before.actor : null
  const actor = facts === null ? null : (known ?? keyActor(facts))
  if (kept.size >= mostKept) kept.clear()
  kept.set(hash, { facts, actor, ...asked, usedAt: before?.usedAt ?? Date.now() })
  return actor
}

async function load(hashes: readonly string[]): Promise<Map<string, Subject | null>> {
  const asked = { generation: generation(), until: Date.now() + keptMilliseconds }
  const [found] = await Promise.all([loadKeyFacts('hash', hashes), warmHelpDirectory()])
  return new Map(hashes.map((hash) => [hash, keep(hash, found.get(hash) ?? null, asked)]))
}

const isInUse = ({ actor, generation: known, until, usedAt }: Kept, now: number): boolean =>
  actor !== null && known === generation() && until > now && usedAt > now - inUseMilliseconds

/** Asks again, few at a time, for the keys whose time ends, as long as any is in use. */
async function renew(): Promise<boolean> {
  const now = Date.now()
  const inUse = [...state().kept].filter(([, kept]) => isInUse(kept, now))
  const ending = inUse.filter(([, { until }]) => until < now + endingMilliseconds)
  for (let from = 0; from < ending.length; from += mostAtOnce)
    await load(ending.slice(from, from + mostAtOnce).map(([hash]) => hash))
  return inUse.length > 0
}

const keepRenewing = singleton('identity-key-renewal', () => renewal('keys', renew))

/** Who a key's hash stands for, null for nobody; undefined when that has to be asked. */
export function keptKey(hash: string): Subject | null | undefined {
  const found = state().kept.get(hash)
  const now = Date.now()
  if (!found || found.generation !== generation() || found.until <= now) return undefined
  found.usedAt = now
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
  keepRenewing()
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
  const actor = (await asking.answer).get(hash) ?? null
  const kept = held.kept.get(hash)
  if (kept) kept.usedAt = Date.now()
  return actor
}
