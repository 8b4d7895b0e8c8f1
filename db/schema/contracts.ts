import { sql } from 'drizzle-orm'
import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns'
import { type Enforcement, environments, featureGroups, featureGroupVersions } from './registry'

/** What a group promises beside the terms of its features. Durations are ISO 8601, `by` is HH:MM in UTC. */
export interface GroupTerms {
  enforcement?: Enforcement | undefined
  freshness?:
    | {
        max_age?: string | undefined
        by?: string | undefined
        at_commit?: boolean | undefined
        enforcement?: Enforcement | undefined
      }
    | undefined
  checks?:
    | {
        name: string
        expression: string
        description?: string | undefined
        enforcement?: Enforcement | undefined
      }[]
    | undefined
  unique?: { columns: string[]; enforcement?: Enforcement | undefined }[] | undefined
  rows?:
    | {
        per_commit?: { min?: number | undefined; max?: number | undefined } | undefined
        per_day?: { min?: number | undefined; max?: number | undefined } | undefined
        enforcement?: Enforcement | undefined
      }
    | undefined
  null_share?: { feature: string; max: number; enforcement?: Enforcement | undefined }[] | undefined
}

/** What people agree on in words. */
export interface ContractTexts {
  purpose?: string | undefined
  service_level?: string | undefined
  support?: string | undefined
  limitations?: string | undefined
}

/** The contract on one major version of a group, as it was proposed; never changed but for its dates. */
export const contractVersions = pgTable(
  'contract_versions',
  {
    id: id(),
    groupId: text()
      .notNull()
      .references(() => featureGroups.id, { onDelete: 'cascade' }),
    major: integer().notNull(),
    /** From 1 within group and major. */
    number: integer().notNull(),
    terms: jsonb().$type<GroupTerms>().notNull(),
    texts: jsonb().$type<ContractTexts>().notNull(),
    /** Against the one before: promises as much, more or less to those who read. */
    change: text({ enum: ['first', 'same', 'more', 'less'] }).notNull(),
    reason: text(),
    validFrom: instant().notNull(),
    proposedAt: instant().notNull(),
    proposedById: text().notNull(),
    proposedByName: text().notNull(),
    /** When everyone who was asked had signed; null: not in force. */
    agreedAt: instant(),
    withdrawnAt: instant(),
    withdrawnReason: text(),
    /** The whole document that it was read from: what no term stands for comes back on export. */
    document: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [unique('contract_versions_number').on(t.groupId, t.major, t.number)],
)

/** `owner` is the team of the group, `service` one that reads it, `team` a reader without a service. */
export const contractSignatures = pgTable(
  'contract_signatures',
  {
    contractId: text()
      .notNull()
      .references(() => contractVersions.id, { onDelete: 'cascade' }),
    party: text({ enum: ['owner', 'service', 'team'] }).notNull(),
    partyId: text().notNull(),
    partyName: text().notNull(),
    signedById: text().notNull(),
    signedByName: text().notNull(),
    signedAt: instant().notNull(),
    /** The version whose signature went on, since this one promises no less. */
    carriedFrom: integer(),
  },
  (t) => [primaryKey({ columns: [t.contractId, t.party, t.partyId] })],
)

/** Terms that a consumer needs, until the owner has decided. */
export const contractExpectations = pgTable(
  'contract_expectations',
  {
    id: id(),
    groupId: text()
      .notNull()
      .references(() => featureGroups.id, { onDelete: 'cascade' }),
    major: integer().notNull(),
    party: text({ enum: ['service', 'team'] }).notNull(),
    partyId: text().notNull(),
    partyName: text().notNull(),
    terms: jsonb().$type<GroupTerms>().notNull(),
    reason: text().notNull(),
    state: text({ enum: ['open', 'accepted', 'declined'] }).notNull(),
    statedById: text().notNull(),
    statedByName: text().notNull(),
    statedAt: instant().notNull(),
    decidedById: text(),
    decidedByName: text(),
    decidedAt: instant(),
    reply: text(),
    /** The contract that took it in. */
    acceptedIn: integer(),
  },
  (t) => [index('contract_expectations_group').on(t.groupId, t.major, t.state)],
)

/** A term that was broken: by a batch that came in, was held back or refused, or by a day that has passed. */
export const contractBreaches = pgTable(
  'contract_breaches',
  {
    id: id(),
    groupId: text()
      .notNull()
      .references(() => featureGroups.id, { onDelete: 'cascade' }),
    versionId: text()
      .notNull()
      .references(() => featureGroupVersions.id, { onDelete: 'cascade' }),
    environment: text()
      .notNull()
      .references(() => environments.name),
    /** The contract in force; null where only features state terms. */
    contractNumber: integer(),
    rule: text().notNull(),
    /** The rule, and what it is about: `min num_logins`, `check plausible_delay`. */
    term: text().notNull(),
    feature: text(),
    outcome: text({ enum: ['accepted', 'held_back', 'refused', 'window'] }).notNull(),
    severity: text({ enum: ['warn', 'fail'] }).notNull(),
    /** One row a commit and term, one a day and term of refusals and of windows. */
    sameAs: text().notNull(),
    commitId: text(),
    windowStart: instant(),
    windowEnd: instant(),
    rows: bigint({ mode: 'number' }).notNull(),
    checked: bigint({ mode: 'number' }),
    observed: text().notNull(),
    promised: text().notNull(),
    occurrences: integer().notNull().default(1),
    openedAt: instant().notNull(),
    lastAt: instant().notNull(),
    closedAt: instant(),
  },
  (t) => [
    unique('contract_breaches_same').on(t.versionId, t.environment, t.sameAs),
    index('contract_breaches_group').on(t.groupId, t.openedAt),
    index('contract_breaches_open').on(t.versionId, t.environment).where(sql`${t.closedAt} is null`),
  ],
)

/** Days whose windows were judged, kept ones too. */
export const contractDays = pgTable(
  'contract_days',
  {
    versionId: text()
      .notNull()
      .references(() => featureGroupVersions.id, { onDelete: 'cascade' }),
    environment: text().notNull(),
    day: date({ mode: 'string' }).notNull(),
    contractNumber: integer().notNull(),
    /** How many terms were judged, and how many of them were broken. */
    terms: integer().notNull(),
    broken: integer().notNull(),
    judgedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.versionId, t.environment, t.day] })],
)
