import type postgres from 'postgres'
import { singleton } from '@/lib/core/singleton'
import type { Count } from './buffer'

/** Consumers whose name this process has written down. */
const written = singleton('consumersNamed', () => new Set<string>())
const mostRemembered = 100_000

/** Keeps what consumers are called, for the time when nothing else of them is left. */
export async function writeConsumerNames(
  tx: postgres.TransactionSql,
  counts: readonly Count[],
): Promise<void> {
  const fresh = new Map<string, Count>()
  for (const count of counts) {
    const key = `${count.consumerKind} ${count.consumerId}`
    if (!written.has(key)) fresh.set(key, count)
  }
  if (fresh.size === 0) return
  const own = [...fresh.values()]
  await tx`
    insert into usage_consumers (kind, id, name)
    select reader.kind, reader.id, coalesce(k.name, p.name, s.name)
    from unnest(${own.map(({ consumerKind }) => consumerKind)}::text[], ${own.map(({ consumerId }) => consumerId)}::text[])
      as reader (kind, id)
    left join api_keys k on k.id = reader.id
    left join people p on p.id = reader.id
    left join service_accounts s on s.id = reader.id
    where coalesce(k.name, p.name, s.name) is not null
    order by 1, 2
    on conflict (kind, id) do update set name = excluded.name`
  if (written.size + fresh.size > mostRemembered) written.clear()
  for (const key of fresh.keys()) written.add(key)
}
