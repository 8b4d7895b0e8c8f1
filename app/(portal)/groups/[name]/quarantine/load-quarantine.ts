import type { QuarantinePageProps } from '@/components/quarantine/quarantine-page'
import { type Column, changesOf } from '@/components/quarantine/row-fields'
import type { Context } from '@/lib/core/context'
import { stringifyJson } from '@/lib/core/json'
import { listQuarantine } from '@/lib/ingestion'
import { resolveVersion } from '@/lib/registry'

type Params = Record<string, string | string[] | undefined>
type Version = Awaited<ReturnType<typeof resolveVersion>>

const rowsAPage = 50

function columnsOf({ keys, timestampKey, features, inputs }: Version): Column[] {
  const column = (part: string, name: string, type: string, derived = false) => ({
    name,
    type,
    part,
    derived,
  })
  return [
    ...keys.map(({ name, typeText }) => column('Key', name, typeText)),
    column('Event time', timestampKey, 'timestamp'),
    ...features.map(({ name, typeText, role, expression }) =>
      column(role === 'label' ? 'Label' : 'Feature', name, typeText, expression !== null),
    ),
    ...inputs.map(({ name, typeText }) => column('Input', name, typeText)),
  ]
}

const majorOf = ({ version }: Params) =>
  typeof version === 'string' && /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined

/** The rows of a version that were kept out. Errors: `not_found`, `forbidden`. */
export async function loadQuarantine(
  ctx: Context,
  group: string,
  params: Params,
): Promise<QuarantinePageProps> {
  const major = majorOf(params)
  const version = await resolveVersion(ctx, { group, ...(major === undefined ? {} : { version: major }) })
  const state = params.state === 'replayed' || params.state === 'discarded' ? params.state : 'held'
  const cursor = typeof params.cursor === 'string' ? params.cursor : undefined
  const { data, meta } = await listQuarantine(ctx, {
    group,
    version: version.major,
    state,
    limit: rowsAPage,
    ...(cursor === undefined ? {} : { cursor }),
  })
  return {
    target: { group, version: version.major, environment: ctx.environment },
    state,
    columns: columnsOf(version),
    rows: data.map(
      ({ id, row_number: rowNumber, row, errors, created_at: createdAt, replayed, discarded }) => ({
        id,
        rowNumber,
        json: stringifyJson(row),
        faults: errors.map(({ column = null, value = null, rule, code, reason }) => ({
          column,
          value,
          rule: rule ?? code,
          reason,
        })),
        createdAt,
        replayed: replayed && {
          by: replayed.by,
          at: replayed.created,
          changes: replayed.row ? changesOf(columnsOf(version), row, replayed.row) : [],
        },
        discarded,
      }),
    ),
    total: meta.total,
    nextCursor: meta.next_cursor,
    isLater: cursor !== undefined,
  }
}
