import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '../columns'
import { people } from './identity'

/** How requests that read values were answered: by UTC hour, route, service and consumer. */
export const servingHours = pgTable(
  'serving_hours',
  {
    hour: instant().notNull(),
    environment: text().notNull(),
    /** The operation's id. */
    route: text().notNull(),
    /** '' where features were named one by one, or no service of that name was there. */
    service: text().notNull(),
    /** '' with consumerId '' where nobody was signed in. */
    consumerKind: text().notNull(),
    consumerId: text().notNull(),
    status: integer().notNull(),
    requests: bigint({ mode: 'number' }).notNull(),
    /** Requests by duration: the buckets of lib/usage/latency. */
    latency: integer().array().notNull(),
  },
  (t) => [
    primaryKey({
      columns: [t.hour, t.environment, t.route, t.service, t.consumerKind, t.consumerId, t.status],
    }),
  ],
)

/** Features that were read together in one request, named once however often they were. */
export const readSets = pgTable(
  'read_sets',
  {
    /** SHA-256 of the members and the service, hex. */
    id: text().primaryKey(),
    service: text().notNull(),
    /** `group:feature`, of any version, in order. */
    members: text().array().notNull(),
  },
  (t) => [index('read_sets_members').using('gin', t.members)],
)

export const readSetDays = pgTable(
  'read_set_days',
  {
    setId: text()
      .notNull()
      .references(() => readSets.id, { onDelete: 'cascade' }),
    environment: text().notNull(),
    /** Its first instant, UTC. */
    day: instant().notNull(),
    reads: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.setId, t.environment, t.day] })],
)

/** What consumers were called when they last began to read: usage outlives them. */
export const usageConsumers = pgTable(
  'usage_consumers',
  { kind: text().notNull(), id: text().notNull(), name: text().notNull() },
  (t) => [primaryKey({ columns: [t.kind, t.id] })],
)

/** When somebody was on Home: in this visit, and at the end of the one before. */
export const homeVisits = pgTable('home_visits', {
  personId: text()
    .primaryKey()
    .references(() => people.id),
  lastAt: instant().notNull(),
  before: instant(),
})
