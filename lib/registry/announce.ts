import { sql } from 'drizzle-orm'
import { type Executor, listen } from '@/db/client'

const channel = 'almanac_registry'

export interface RegistryChange {
  kind: 'group' | 'service' | 'entity' | 'source'
  name: string
}

/** Tells every process, when the transaction commits, that plans which name the asset are out of date. */
export async function announce(tx: Executor, change: RegistryChange): Promise<void> {
  await tx.execute(sql`select pg_notify(${channel}, ${JSON.stringify(change)})`)
}

const kinds: RegistryChange['kind'][] = ['group', 'service', 'entity', 'source']

function parseChange(payload: string): RegistryChange | null {
  const { kind, name }: { kind?: unknown; name?: unknown } = JSON.parse(payload)
  const known = kinds.find((one) => one === kind)
  return known && typeof name === 'string' ? { kind: known, name } : null
}

/**
 * Calls `onChange` for each change of the registry, from any process, and with null whenever the connection
 * was made anew and changes may have been missed: then everything cached is out of date.
 */
export const listenToRegistry = (
  onChange: (change: RegistryChange | null) => void,
): Promise<{ stop: () => Promise<void> }> =>
  listen(
    channel,
    (payload) => onChange(parseChange(payload)),
    () => onChange(null),
  )
