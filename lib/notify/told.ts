import { asc, eq, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { notifications, people } from '@/db/schema'

/** Somebody for whom notices were left, by the newest of them that asks for an acknowledgement. */
interface Told {
  personId: string
  name: string
  toldAt: string
  acknowledgedAt: string | null
}

/** Whom notices were left for that ask for an acknowledgement and whose `once` begins so, a line a person, by name. */
export async function toldOf(executor: Executor, onceBegins: string): Promise<Told[]> {
  const rows = await executor
    .selectDistinctOn([people.name, notifications.personId], {
      personId: notifications.personId,
      name: people.name,
      toldAt: notifications.createdAt,
      acknowledgedAt: notifications.acknowledgedAt,
    })
    .from(notifications)
    .innerJoin(people, eq(people.id, notifications.personId))
    .where(sql`${notifications.needsAcknowledgement} and starts_with(${notifications.once}, ${onceBegins})`)
    .orderBy(asc(people.name), notifications.personId, sql`${notifications.id} desc`)
  return rows.map(({ toldAt, acknowledgedAt, ...row }) => ({
    ...row,
    toldAt: new Date(toldAt).toISOString(),
    acknowledgedAt: acknowledgedAt === null ? null : new Date(acknowledgedAt).toISOString(),
  }))
}
