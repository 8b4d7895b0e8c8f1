import { sql } from 'drizzle-orm'
import { text, timestamp } from 'drizzle-orm/pg-core'

/** A point in time with microseconds, read and written as ISO text so that no digit is lost in a Date. */
export const instant = (name?: string) =>
  name
    ? timestamp(name, { withTimezone: true, precision: 6, mode: 'string' })
    : timestamp({ withTimezone: true, precision: 6, mode: 'string' })

/** Opaque identifier made by lib/core/ids. */
export const id = () => text().primaryKey()

export const createdAt = () => instant().notNull().default(sql`now()`)
export const updatedAt = () => instant().notNull().default(sql`now()`)
