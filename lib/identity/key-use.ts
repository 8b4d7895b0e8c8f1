import { sql } from '@/db/client'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'

const flushMilliseconds = 5_000

interface Uses {
  /** Key id → when it was last used, milliseconds. */
  pending: Map<string, number>
  timer: NodeJS.Timeout | undefined
}

const uses = () => singleton<Uses>('identity-key-use', () => ({ pending: new Map(), timer: undefined }))

/** Writes the last uses that are not written yet: one statement for all keys. */
export async function flushKeyUse(): Promise<void> {
  const state = uses()
  clearTimeout(state.timer)
  state.timer = undefined
  if (state.pending.size === 0) return
  const ids = [...state.pending.keys()]
  const times = [...state.pending.values()].map((at) => new Date(at).toISOString())
  state.pending.clear()
  await sql()`
    update api_keys set last_used_at = greatest(last_used_at, used.at)
    from unnest(${ids}::text[], ${times}::timestamptz[]) as used(id, at) where api_keys.id = used.id`
}

/** Notes a use without a write of its own; a crash loses at most some seconds of it. */
export function noteKeyUse(keyId: string): void {
  const state = uses()
  state.pending.set(keyId, Date.now())
  state.timer ??= setTimeout(() => {
    flushKeyUse().catch((error: unknown) =>
      logger().warn({ err: error }, 'the last use of keys was not written'),
    )
  }, flushMilliseconds).unref()
}
