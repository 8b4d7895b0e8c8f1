import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { csvLine } from '@/lib/core/csv-line'
import { knownAsset } from '@/lib/notify'
import { fieldRules, offsetOf, pageOf } from '@/lib/registry'
import { type FieldRules, type GroupField, mandatoryFrom } from '@/lib/registry/operations'
import { hrefOf } from './href-of'
import { lacking, rankOf } from './lacks'
import {
  type CompleteAsset,
  type CompletenessResource,
  type ListIncompleteQuery,
  type Missing,
  type MissingItem,
  missingLabels,
} from './operations'

const rowSchema = z.object({
  kind: z.enum(['group', 'feature', 'service', 'dataset', 'entity', 'source']),
  name: z.string(),
  team: z.string(),
  lifecycle: z.string(),
  rank: z.int(),
  missing: z.array(z.string()),
  total: z.int(),
})
type Row = z.output<typeof rowSchema>

/** The rule of the organisation behind a lack of a group. */
const fields: Readonly<Record<string, GroupField>> = {
  description: 'description',
  feature_descriptions: 'feature_descriptions',
  cadence: 'cadence',
  domain: 'domain',
  tags: 'tags',
  purposes: 'purposes',
  lawful_basis: 'lawful_basis',
  entity: 'entity',
  feature_terms: 'contract',
}

const isItem = (item: string): item is MissingItem => Object.hasOwn(missingLabels, item)

function serialize(
  rules: FieldRules,
  { kind, name, team, lifecycle, rank, missing }: Row,
): CompletenessResource {
  const from = mandatoryFrom(rules)
  const isMandatory = (item: string): boolean => {
    if (kind !== 'group') return false
    if (item.startsWith('custom.')) return true
    const field = fields[item]
    const loosest = field && from.get(field)
    return loosest ? rank >= rankOf(loosest) : false
  }
  const labelOf = (item: string) =>
    isItem(item)
      ? missingLabels[item]
      : (rules.custom_fields.find((field) => `custom.${field.name}` === item)?.label ?? item)
  const told = missing.map(
    (item): Missing => ({
      item,
      label: labelOf(item),
      mandatory: isMandatory(item),
      href: hrefOf({ kind, name }, item, team),
    }),
  )
  const first = told.filter(({ mandatory }) => mandatory)
  return {
    kind,
    name,
    owner_team: team,
    lifecycle,
    missing: [...first, ...told.filter((one) => !one.mandatory)],
  }
}

/** What an asset lacks. Errors: `not_found`, the same for a hidden one. */
export async function getCompleteness(ctx: Context, asset: CompleteAsset): Promise<CompletenessResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { kind, name, team } = await knownAsset(ctx, asset)
  const rules = await fieldRules(db())
  const rows = await db().execute(sql`
    select a.*, 1 as total from (${lacking(ctx, kind, rules)} and "catalog_documents"."name" = ${name}) a`)
  const [row] = z.array(rowSchema).parse([...rows])
  return row ? serialize(rules, row) : { kind, name, owner_team: team, lifecycle: 'archived', missing: [] }
}

/** What lacks something, those that lack most first. Errors: `forbidden`, `invalid` (cursor). */
export async function listIncomplete(ctx: Context, query: ListIncompleteQuery) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(query.cursor)
  const rules = await fieldRules(db())
  const { kind, team, mine, item, q } = query
  const teams = ctx.actor.teams.map(({ teamId }) => teamId)
  const mineOnly = sql`and a.team_id in (select jsonb_array_elements_text(${JSON.stringify(teams)}::jsonb))`
  const found = await db().execute(sql`
    select a.*, count(*) over ()::int as total from (${lacking(ctx, kind, rules)}) a
    where cardinality(a.missing) > 0
      ${team === undefined ? sql`` : sql`and a.team = ${team}`}
      ${mine === undefined ? sql`` : mineOnly}
      ${item === undefined ? sql`` : sql`and ${item} = any(a.missing)`}
      ${q === undefined || q === '' ? sql`` : sql`and position(lower(${q}) in lower(a.name)) > 0`}
    order by cardinality(a.missing) desc, a.name limit ${query.limit} offset ${offset}`)
  const rows = z.array(rowSchema).parse([...found])
  return pageOf(
    rows.map((row) => serialize(rules, row)),
    offset,
    query.limit,
    rows[0]?.total ?? 0,
  )
}

/** The whole list as CSV, page by page. Errors: as listIncomplete. */
export async function incompleteCsv(
  ctx: Context,
  query: ListIncompleteQuery,
): Promise<AsyncGenerator<string>> {
  const whole = { ...query, limit: 200 }
  const first = await listIncomplete(ctx, whole)
  async function* lines() {
    yield csvLine(['kind', 'name', 'owner_team', 'lifecycle', 'missing', 'mandatory'])
    for (let page = first; ; ) {
      for (const { kind, name, owner_team: team, lifecycle, missing } of page.data) {
        const needed = missing.filter(({ mandatory }) => mandatory)
        const words = (list: Missing[]) => list.map(({ item }) => item).join(' ')
        yield csvLine([kind, name, team, lifecycle, words(missing), words(needed)])
      }
      const { next_cursor: cursor } = page.meta
      if (cursor === null) return
      page = await listIncomplete(ctx, { ...whole, cursor })
    }
  }
  return lines()
}
