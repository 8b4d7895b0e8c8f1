import { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { parseJson } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import type { IdempotentRequest } from '@/lib/idempotency'
import { ingestRecords } from '@/lib/ingestion'
import { getSource, resolveVersion, type VersionReference } from '@/lib/registry'
import { type Frame, rowsOfFrame } from './frame'
import { versionOfView } from './reference'

const isFrame = (value: unknown): value is Frame =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(Array.isArray)

const frame = z.custom<Frame>(isFrame, 'must be an object of arrays: one array of values a column')
// Feast's clients send flags that mean nothing here: they are passed over.
const writeInput = z.object({ feature_view_name: z.string().max(200), df: frame })
const pushInput = z.object({
  push_source_name: z.string().max(200),
  df: frame,
  to: z.enum(['online', 'offline', 'online_and_offline']).default('online'),
})

export interface SentFrame {
  /** The body as it came. */
  text: string
  idempotency: IdempotentRequest | null
}

async function writeFrame(
  ctx: Context,
  reference: VersionReference,
  df: Frame,
  to: 'both' | 'offline',
  sent: SentFrame,
): Promise<void> {
  const version = await resolveVersion(ctx, reference)
  const rows = rowsOfFrame(df, version)
  const { text, idempotency } = sent
  await ingestRecords(ctx, { ...reference, rows, to, sent: text, idempotency })
}

/** Feast's write_to_online_store: the rows enter history and the online store. Errors: as ingestRows. */
export async function writeToOnlineStore(ctx: Context, sent: SentFrame): Promise<void> {
  const { feature_view_name: view, df } = parseInput(writeInput, parseJson(sent.text))
  await writeFrame(ctx, versionOfView(view), df, 'both', sent)
}

/** The group of a push source: the one of its name, else the one that the source of this name feeds. */
async function pushedGroup(ctx: Context, name: string): Promise<VersionReference> {
  const reference = versionOfView(name)
  try {
    await resolveVersion(ctx, reference)
    return reference
  } catch (error) {
    if (!(error instanceof DomainError && error.details.missing === 'group')) throw error
  }
  const groups = await groupsOfSource(ctx, name)
  const [only] = groups
  if (only === undefined) throw notFound(`Push source ${name}`, 'push_source')
  if (groups.length === 1) return { group: only }
  const reason = `${name} feeds ${groups.length} groups (${groups.join(', ')}): push to one of them by its name.`
  throw invalidField('/push_source_name', reason, 'several_groups')
}

async function groupsOfSource(ctx: Context, name: string): Promise<string[]> {
  try {
    return (await getSource(ctx, name)).groups
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return []
    throw error
  }
}

/**
 * Feast's push. There are no online-only rows: `online` enters history too, `offline` leaves the online store to
 * materialization. Errors: as ingestRows; not_found for an unknown push source.
 */
export async function push(ctx: Context, sent: SentFrame): Promise<void> {
  const { push_source_name: name, df, to } = parseInput(pushInput, parseJson(sent.text))
  await writeFrame(ctx, await pushedGroup(ctx, name), df, to === 'offline' ? 'offline' : 'both', sent)
}
