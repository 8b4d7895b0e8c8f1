import { sql } from 'drizzle-orm'
import { type Executor, listen } from '@/db/client'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'

const channel = 'almanac_identity'

interface Changes {
  /** Rises with every change that reached this process; what was loaded before a rise is not kept. */
  generation: number
  listening: Promise<{ stop: () => Promise<void> }> | undefined
}

const changes = () => singleton<Changes>('identity-changes', () => ({ generation: 0, listening: undefined }))

export const generation = () => changes().generation

/** Tells every process, when the transaction commits, that people, keys, roles or teams changed. */
export async function announceChange(tx: Executor): Promise<void> {
  await tx.execute(sql`select pg_notify(${channel}, '')`)
}

/** Forgets in this process at once, without waiting for the message. Called after the commit. */
export function forget(): void {
  changes().generation += 1
}

/** Starts to hear about changes. What cannot listen still forgets by time: callers need not wait or care. */
export function hearChanges(): void {
  const state = changes()
  state.listening ??= listen(channel, forget, forget).catch((error: unknown) => {
    logger().warn({ err: error }, 'changes of keys and rights are not heard; they take effect after seconds')
    state.listening = undefined
    return { stop: async () => {} }
  })
}

export async function stopHearing(): Promise<void> {
  const state = changes()
  const listening = state.listening
  state.listening = undefined
  await (await listening)?.stop()
}
