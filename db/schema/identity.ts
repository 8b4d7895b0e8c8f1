import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, updatedAt } from '../columns'

export const people = pgTable(
  'people',
  {
    id: id(),
    email: text().notNull(),
    name: text().notNull(),
    /** scrypt parameters, salt and hash; null for people who only use links or an identity provider. */
    passwordHash: text(),
    /** Marks the people of sample mode. */
    sample: boolean().notNull().default(false),
    failedSignIns: integer().notNull().default(0),
    lockedUntil: instant(),
    disabledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('people_email').on(sql`lower(${t.email})`)],
)

export const teams = pgTable('teams', {
  id: id(),
  name: text().notNull().unique(),
  displayName: text().notNull(),
  description: text().notNull().default(''),
  sample: boolean().notNull().default(false),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

/** A service account acts by keys alone. */
export const serviceAccounts = pgTable('service_accounts', {
  id: id(),
  name: text().notNull().unique(),
  description: text().notNull().default(''),
  disabledAt: instant(),
  createdAt: createdAt(),
})

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: text()
      .notNull()
      .references(() => teams.id),
    /** A person's or a service account's id. */
    principalId: text().notNull(),
    membership: text({ enum: ['member', 'maintainer'] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.teamId, t.principalId] }),
    index('team_members_principal').on(t.principalId),
  ],
)

export const roleAssignments = pgTable(
  'role_assignments',
  {
    id: id(),
    principalId: text().notNull(),
    role: text({ enum: ['viewer', 'consumer', 'producer', 'reviewer', 'administrator'] }).notNull(),
    teamId: text().references(() => teams.id),
    environment: text(),
    createdBy: text(),
    createdAt: createdAt(),
  },
  (t) => [index('role_assignments_principal').on(t.principalId)],
)

export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    name: text().notNull(),
    /** The first characters, shown in lists so that a key can be recognised. */
    prefix: text().notNull(),
    /** SHA-256 of the secret, hex. */
    secretHash: text().notNull().unique(),
    ownerKind: text({ enum: ['person', 'service'] }).notNull(),
    ownerId: text().notNull(),
    scopes: text().array().notNull().default(sql`'{}'::text[]`),
    environments: text().array().notNull().default(sql`'{}'::text[]`),
    groups: text().array().notNull().default(sql`'{}'::text[]`),
    expiresAt: instant(),
    lastUsedAt: instant(),
    revokedAt: instant(),
    createdBy: text(),
    createdAt: createdAt(),
  },
  (t) => [index('api_keys_owner').on(t.ownerId)],
)

export const signInLinks = pgTable(
  'sign_in_links',
  {
    /** SHA-256 of the token, hex. */
    tokenHash: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => people.id),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [index('sign_in_links_person').on(t.personId)],
)

/** The browser's token carries the session's id; a revoked row ends it. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    personId: text()
      .notNull()
      .references(() => people.id),
    userAgent: text(),
    address: text(),
    createdAt: createdAt(),
    lastSeenAt: instant().notNull().default(sql`now()`),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
  },
  (t) => [index('sessions_person').on(t.personId)],
)

/** A right on one asset with a reason and an end. */
export const grants = pgTable(
  'grants',
  {
    id: id(),
    principalKind: text({ enum: ['person', 'team', 'key', 'service'] }).notNull(),
    principalId: text().notNull(),
    action: text().notNull(),
    groupId: text().notNull(),
    environments: text().array().notNull().default(sql`'{}'::text[]`),
    purpose: text(),
    reason: text().notNull(),
    grantedBy: text().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    index('grants_principal').on(t.principalId),
    index('grants_group').on(t.groupId),
    check('grants_reason', sql`length(${t.reason}) > 0`),
  ],
)
