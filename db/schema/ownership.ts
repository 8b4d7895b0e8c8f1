import { sql } from 'drizzle-orm'
import { boolean, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'
import { people, teams } from './identity'

export interface TransferredAsset {
  kind: 'group' | 'service' | 'dataset' | 'entity' | 'source' | 'domain'
  name: string
}

/** Assets that one team hands to another: proposed by who owns them, taken by who will. */
export const ownershipTransfers = pgTable(
  'ownership_transfers',
  {
    id: id(),
    fromTeamId: text()
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    toTeamId: text()
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    assets: jsonb().$type<TransferredAsset[]>().notNull(),
    reason: text().notNull(),
    state: text({ enum: ['proposed', 'accepted', 'declined', 'withdrawn'] }).notNull(),
    /** An administrator moved them without asking the receiving team. */
    forced: boolean().notNull().default(false),
    proposedBy: text().notNull(),
    proposedByName: text().notNull(),
    decidedBy: text(),
    decidedByName: text(),
    decisionReason: text(),
    decidedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [index('ownership_transfers_from').on(t.fromTeamId), index('ownership_transfers_to').on(t.toTeamId)],
)

/** Somebody asks to become a member of a team. */
export const teamJoinRequests = pgTable(
  'team_join_requests',
  {
    id: id(),
    teamId: text()
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    personId: text()
      .notNull()
      .references(() => people.id),
    reason: text().notNull(),
    state: text({ enum: ['waiting', 'accepted', 'declined', 'withdrawn'] }).notNull(),
    decidedBy: text(),
    decidedByName: text(),
    decisionReason: text(),
    decidedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('team_join_requests_waiting').on(t.teamId, t.personId).where(sql`${t.state} = 'waiting'`),
    index('team_join_requests_person').on(t.personId),
  ],
)
