import { ProblemError, request } from '@/lib/api-client'

/** One member of an asset that is changed where it stands. */
export interface InlineMember {
  /** Of the interface: `/api/v1/feature-groups/route_delays`. */
  path: string
  member: string
  /** `words`: a list of them, typed with spaces or commas between. */
  kind: 'text' | 'words'
  /** An empty text is sent as null. */
  optional: boolean
}

/** An asset as it is read: its version, and whatever stands in the member. */
export interface InlineResource {
  etag: string
  [member: string]: unknown
}

const wordsOf = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))]

/** The member as a person types it. */
export function textOf({ member }: Pick<InlineMember, 'member'>, resource: InlineResource): string {
  const value = resource[member]
  if (Array.isArray(value)) return value.join(' ')
  return typeof value === 'string' ? value : ''
}

/** The member as it is sent. */
export function sentValue({ kind, optional }: Pick<InlineMember, 'kind' | 'optional'>, text: string) {
  if (kind === 'words') return wordsOf(text)
  return optional && text.trim() === '' ? null : text.trim()
}

async function patch(of: InlineMember, text: string, etag: string): Promise<InlineResource> {
  const body = { [of.member]: sentValue(of, text) }
  return (await request<InlineResource>(of.path, { method: 'PATCH', body, headers: { 'if-match': etag } }))
    .data
}

/**
 * Saves the member over `base`. Somebody who changed another member meanwhile is not in the way; who changed this one
 * is: then `precondition_failed`, and a person decides.
 */
export async function saveMember(
  of: InlineMember,
  text: string,
  { base, etag }: { base: string; etag: string },
): Promise<InlineResource> {
  try {
    return await patch(of, text, etag)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 412) throw error
    const { data } = await request<InlineResource>(of.path)
    if (textOf(of, data) !== base) throw error
    return patch(of, text, data.etag)
  }
}
