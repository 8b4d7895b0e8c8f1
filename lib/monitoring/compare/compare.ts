import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { compareEmbeddings } from '../distances/embeddings'
import type { Profile } from '../distances/profile'
import type { Definition } from '../resources'
import { confidentialFields } from './confidential-fields'
import { compareDefinitions } from './definitions'
import { booleanFields, categoricalFields, embeddingFields, numericFields } from './fields'
import { compareEnvelope } from './input'
import { profileFields } from './profile-fields'
import { readProfile, requireComparable } from './profile-input'
import { profileOfRows, type Rows } from './profiles-of'
import { type SideName, sampleRows, sampleVectors } from './sample-rows'
import { embeddingVerdict, verdictOfProfiles, verdictOfRows } from './verdict-fields'
import { windowValues } from './window-rows'

type Kind = 'numeric' | 'categorical' | 'boolean' | 'embedding'
type Fields = Record<string, unknown>

/** One side as it came: values, read or sent along, or counts of them. */
interface Side {
  kind: Kind
  values: unknown[] | null
  profile: Profile | null
  isConfidential: boolean
}

const has = (value: object, member: string): boolean => Object.hasOwn(value, member)

async function readSide(ctx: Context, value: unknown, side: SideName, kind: Kind | undefined): Promise<Side> {
  const pointer = `/${side}`
  if (Array.isArray(value)) {
    if (kind) return { kind, values: value, profile: null, isConfidential: false }
    throw invalidField('/kind', '/kind: must say what the values are that are sent along.', 'required')
  }
  if (typeof value === 'object' && value !== null && has(value, 'group'))
    return { ...(await windowValues(ctx, value, side)), profile: null }
  if (typeof value === 'object' && value !== null && has(value, 'rows')) {
    const profile = readProfile(value, side)
    return { kind: profile.kind, values: null, profile, isConfidential: false }
  }
  const what = 'an array of values, {group, feature, window} or a profile'
  throw invalidField(pointer, `${pointer}: must be ${what}.`, value === undefined ? 'required' : 'type')
}

function rowsFields(reference: Rows, current: Rows): Fields {
  if (reference.kind === 'numeric' && current.kind === 'numeric')
    return numericFields(reference.rows, current.rows)
  if (reference.kind === 'categorical' && current.kind === 'categorical')
    return categoricalFields(reference.rows, current.rows)
  return reference.kind === 'boolean' && current.kind === 'boolean'
    ? booleanFields(reference.rows, current.rows)
    : {}
}

function embeddings(reference: readonly unknown[], current: readonly unknown[]): Fields {
  const vectors = sampleVectors(reference, current)
  const verdict = embeddingVerdict(
    compareEmbeddings(vectors.reference, vectors.current),
    vectors.reference,
    vectors.current,
  )
  return { ...embeddingFields(vectors.reference, vectors.current), ...verdict }
}

/** Values where both sides have them; else counts, those of values on the frame of the other side's. */
function fieldsOf(kind: Kind, reference: Side, current: Side): Fields {
  if (kind === 'embedding') return embeddings(reference.values ?? [], current.values ?? [])
  const rows = (side: Side, name: SideName) => side.values && sampleRows(kind, side.values, name)
  const [r, w] = [rows(reference, 'reference'), rows(current, 'current')]
  if (r && w) return { ...rowsFields(r, w), ...verdictOfRows(r, w) }
  const window = current.profile ?? (w && profileOfRows(w, reference.profile))
  const frozen = reference.profile ?? (r && profileOfRows(r, window))
  if (!frozen || !window) return {}
  requireComparable(frozen, window)
  return { ...profileFields(frozen, window), ...verdictOfProfiles(frozen, window, []) }
}

export interface CompareAnswer extends Record<string, unknown> {
  definitions: Definition[]
}

/**
 * Compares two columns that are sent along, two windows of features, or two profiles: every number of the drift
 * definitions at the top level, null where it is undefined, with the floors of both kinds and the verdict. Nothing is
 * stored. Errors: `forbidden`, `not_found`, `invalid` naming the place, `too_large`.
 */
export async function compareSamples(ctx: Context, rawInput: unknown): Promise<CompareAnswer> {
  await authorizeAtAll(ctx, 'group:read_statistics')
  const input = parseInput(compareEnvelope, rawInput)
  const reference = await readSide(ctx, input.reference, 'reference', input.kind)
  const current = await readSide(ctx, input.current, 'current', input.kind)
  const kind = input.kind ?? reference.kind
  for (const [name, side] of Object.entries({ reference, current })) {
    if (side.kind !== kind)
      throw invalidField(`/${name}`, `/${name}: is ${side.kind} and cannot be compared as ${kind}.`, 'kind')
  }
  if (reference.isConfidential !== current.isConfidential) {
    const side = reference.isConfidential ? 'current' : 'reference'
    const what =
      'must be a window of a confidential feature too, since values sent along would sound the other'
    throw invalidField(`/${side}`, `/${side}: ${what}.`, 'confidential')
  }
  const all = fieldsOf(kind, reference, current)
  const fields = reference.isConfidential ? confidentialFields(all) : all
  return { kind, ...fields, definitions: compareDefinitions(Object.keys(fields)) }
}
