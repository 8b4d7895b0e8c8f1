import { type SQL, sql } from 'drizzle-orm'
import { catalogDocuments as document, featureGroups, features } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import {
  classificationNames,
  type FieldRules,
  type GroupField,
  mandatoryFrom,
} from '@/lib/registry/operations'
import type { CompleteAsset } from './operations'

type ClassName = (typeof classificationNames)[number]

/** From the loosest class, 1, to the strictest. */
export const rankOf = (name: ClassName) => classificationNames.indexOf(name) + 1
const rank = (column: SQL) =>
  sql`array_position(array[${sql.raw(classificationNames.map((name) => `'${name}'`).join(', '))}], ${column})`

const isBlank = (text: SQL) => sql`btrim(coalesce(${text}, ''), E' \\n\\t') = ''`

const undocumented = sql`coalesce((select ${isBlank(sql`r.body`)} from documentation_revisions r
  where r.asset_kind = ${document.kind} and r.asset_name = ${document.name} order by r.revision desc limit 1), true)`
const deserted = sql`not exists (select from team_members m join people p on p.id = m.principal_id
  where m.team_id = ${document.teamId} and p.disabled_at is null)`

const examples = (when: SQL) => sql`exists (select from asset_examples x
  where x.asset_kind = ${document.kind} and x.asset_name = ${document.name} and ${when})`

/** Lack: its name, and when it holds. */
type Lack = readonly [item: string, when: SQL]

const always: readonly Lack[] = [
  ['description', isBlank(sql`${document.description}`)],
  ['documentation', undocumented],
  ['owner', deserted],
]

/** Restricted data can have none. */
const shown: readonly Lack[] = [
  ['example', sql`${document.classification} <> 'restricted' and not ${examples(sql`true`)}`],
  ['failing_example', examples(sql`not x.worked`)],
]

const version = sql`join lateral (select v.id, v.major from feature_group_versions v
  where v.group_id = ${featureGroups.id} and v.state <> 'archived'
  order by v.state in ('active', 'deprecated') desc, v.state = 'active' desc, v.major desc limit 1) v on true`

/** What only an organisation asks for, when it does. */
const onlyMandatory: Partial<Record<GroupField, readonly Lack[]>> = {
  domain: [['domain', sql`${featureGroups.domain} is null`]],
  tags: [['tags', sql`cardinality(${featureGroups.tags}) = 0`]],
  purposes: [['purposes', sql`cardinality(${featureGroups.purposes}) = 0`]],
  lawful_basis: [['lawful_basis', sql`${featureGroups.lawfulBasis} is null`]],
  entity: [['entity', sql`${featureGroups.entityId} is null`]],
  contract: [['feature_terms', sql`not coalesce(o.terms, false)`]],
}

function asked(rules: FieldRules): Lack[] {
  const from = (name: ClassName, when: SQL) => sql`${when} and o.strictest >= ${rankOf(name)}`
  const own = [...mandatoryFrom(rules)].flatMap(([field, name]) =>
    (onlyMandatory[field] ?? []).map(([item, when]): Lack => [item, from(name, when)]),
  )
  const custom = rules.custom_fields.flatMap(({ name, required_from }): Lack[] =>
    required_from === null
      ? []
      : [[`custom.${name}`, from(required_from, isBlank(sql`${featureGroups.custom} ->> ${name}::text`))]],
  )
  return [...own, ...custom]
}

interface Shape {
  joins: SQL
  lacks: readonly Lack[]
  /** Of the strictest class that the reader may know of; decides what is mandatory. */
  rank: SQL
}

function ofGroups(ctx: Context, rules: FieldRules): Shape {
  const known = visible(ctx, {
    teamId: featureGroups.ownerTeamId,
    classification: sql`coalesce(${features.classification}, ${featureGroups.classification})`,
    groupId: featureGroups.id,
  })
  const own = rank(sql`${featureGroups.classification}`)
  const inForce = sql`exists (select from contract_versions c where c.group_id = ${featureGroups.id}
    and c.major = v.major and c.agreed_at <= ${ctx.now().toISOString()}::timestamptz
    and c.valid_from <= ${ctx.now().toISOString()}::timestamptz and c.withdrawn_at is null)`
  return {
    joins: sql`join ${featureGroups} on ${featureGroups.id} = ${document.groupId} ${version}
      cross join lateral (select coalesce(bool_or(${isBlank(sql`${features.description}`)}), false) as bare,
        bool_or(${features.contract} is not null) as terms,
        greatest(${own}, max(${rank(sql`${features.classification}`)})) as strictest
        from ${features} where ${features.versionId} = v.id and ${known}) o`,
    lacks: [
      ...always,
      ...shown,
      ['feature_descriptions', sql`o.bare`],
      ['contract', sql`not ${inForce}`],
      ['cadence', sql`${featureGroups.cadenceSeconds} is null`],
      ...asked(rules),
    ],
    rank: sql`o.strictest`,
  }
}

const none = sql`0`
const shapes: Record<Exclude<CompleteAsset['kind'], 'group'>, Shape> = {
  feature: {
    joins: sql`join ${featureGroups} on ${featureGroups.id} = ${document.groupId} ${version}
      join ${features} on ${features.versionId} = v.id and ${features.name} = ${document.shortName}`,
    lacks: [
      ['description', isBlank(sql`${document.description}`)],
      ['feature_terms', sql`${features.contract} is null`],
    ],
    rank: none,
  },
  service: {
    joins: sql`join feature_services s on s.name = ${document.name}`,
    lacks: [...always, ...shown, ['purpose', isBlank(sql`s.purpose`)]],
    rank: none,
  },
  entity: {
    joins: sql`join entities e on e.name = ${document.name}`,
    lacks: [...always, ['domain', sql`e.domain is null`]],
    rank: none,
  },
  source: {
    joins: sql`join sources s on s.name = ${document.name}`,
    lacks: [...always, ['freshness', sql`s.freshness_seconds is null`]],
    rank: none,
  },
  dataset: { joins: sql``, lacks: always, rank: none },
}

/** Every asset of a kind that the reader may know of, with the names of what it lacks. */
export function lacking(ctx: Context, kind: CompleteAsset['kind'], rules: FieldRules): SQL {
  const { joins, lacks, rank: strictest } = kind === 'group' ? ofGroups(ctx, rules) : shapes[kind]
  const items = sql.join(
    lacks.map(([item, when]) => sql`case when ${when} then ${item}::text end`),
    sql`, `,
  )
  return sql`select ${document.kind} as kind, ${document.name} as name, ${document.team} as team,
      ${document.teamId} as team_id, ${document.lifecycle} as lifecycle, ${strictest}::int as rank,
      array_remove(array[${items}]::text[], null) as missing
    from ${document} ${joins}
    where ${document.kind} = ${kind} and ${document.lifecycle} <> 'archived'
      and ${visible(ctx, { teamId: document.teamId, classification: document.classification, groupId: document.groupId })}`
}
