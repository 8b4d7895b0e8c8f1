import { sql } from 'drizzle-orm'
import { db, type Executor, listen } from '@/db/client'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import { readSetting, type Setting } from './setting'

const channel = 'almanac_settings'
/** What cannot hear of changes still forgets. */
const keptMilliseconds = 5_000

interface Known {
  values: Map<string, { value: Promise<unknown>; until: number }>
  listening: Promise<{ stop: () => Promise<void> }> | undefined
}

const known = () => singleton<Known>('settings', () => ({ values: new Map(), listening: undefined }))

/** Tells every process, when the transaction commits, that a setting changed. */
export async function announceSetting(tx: Executor, key: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${channel}, ${key})`)
}

/** Forgets in this process at once: one key, or after a lost connection all. */
export function forgetSetting(key?: string): void {
  if (key === undefined) known().values.clear()
  else known().values.delete(key)
}

function hear(): void {
  const state = known()
  const everything = () => forgetSetting()
  state.listening ??= listen(channel, forgetSetting, everything).catch((error: unknown) => {
    logger().warn({ err: error }, 'changes of settings are not heard; they take effect after seconds')
    state.listening = undefined
    return { stop: async () => {} }
  })
}

/**
 * What is set, for paths that cannot ask the database each time: kept until a change is heard of, five seconds at
 * most. An act that a setting decides reads it in its transaction instead (`readSetting`).
 */
export function knownSetting<T>(setting: Setting<T>): Promise<T> {
  hear()
  const { values } = known()
  const found = values.get(setting.key)
  // Under a key stands what this function put there, read through the one setting of that key.
  if (found && Date.now() < found.until) return found.value as Promise<T>
  const entry = { value: readSetting(db(), setting), until: Date.now() + keptMilliseconds }
  values.set(setting.key, entry)
  entry.value.catch(() => {
    if (values.get(setting.key) === entry) values.delete(setting.key)
  })
  return entry.value
}

/** Ends the listening; for the end of a process or of a test. */
export async function stopHearingSettings(): Promise<void> {
  const { listening } = known()
  known().listening = undefined
  await (await listening)?.stop()
}
