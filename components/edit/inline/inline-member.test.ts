import { afterEach, describe, expect, it, vi } from 'vitest'
import { ProblemError } from '@/lib/api-client'
import { type InlineMember, saveMember, sentValue, textOf } from './inline-member'

const of: InlineMember = {
  path: '/api/v1/feature-groups/g',
  member: 'description',
  kind: 'text',
  optional: false,
}

/** Stands for the portal: one asset with a version, changed by others between two requests. */
function portal(start: { description: string; tags: string[] }) {
  const asset = { ...start, revision: 1 }
  const read = () => ({ ...asset, etag: `"${asset.revision}"` })
  const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })
  vi.stubGlobal('location', new URL('http://portal.test/'))
  vi.stubGlobal('fetch', async (_: unknown, init?: RequestInit) => {
    if (init?.method !== 'PATCH') return answer(200, read())
    const match = new Headers(init.headers).get('if-match')
    if (match !== read().etag)
      return answer(412, { status: 412, code: 'precondition_failed', detail: 'Changed.' })
    Object.assign(asset, JSON.parse(String(init.body)), { revision: asset.revision + 1 })
    return answer(200, read())
  })
  return {
    asset,
    change: (part: Partial<typeof start>) => Object.assign(asset, part, { revision: asset.revision + 1 }),
  }
}

afterEach(() => vi.unstubAllGlobals())

describe('saveMember', () => {
  it('is not stopped by a change of another member', async () => {
    const { asset, change } = portal({ description: 'Old.', tags: [] })
    change({ tags: ['theirs'] })
    const saved = await saveMember(of, 'New.', { base: 'Old.', etag: '"1"' })
    expect([asset.description, asset.tags, saved.etag]).toEqual(['New.', ['theirs'], '"3"'])
  })

  it('leaves their change of the same member as it is', async () => {
    const { asset, change } = portal({ description: 'Old.', tags: [] })
    change({ description: 'Theirs.' })
    const lost = await saveMember(of, 'Mine.', { base: 'Old.', etag: '"1"' }).catch((error: unknown) => error)
    expect(lost).toBeInstanceOf(ProblemError)
    expect(asset.description).toBe('Theirs.')
  })
})

it('sends words once each, and nothing as null where it may be left out', () => {
  expect(sentValue({ kind: 'words', optional: false }, ' a, b a\nc ')).toEqual(['a', 'b', 'c'])
  expect(sentValue({ kind: 'text', optional: true }, '  ')).toBeNull()
  expect(sentValue({ kind: 'text', optional: false }, '  ')).toBe('')
  expect(textOf({ member: 'tags' }, { etag: '', tags: ['a', 'b'] })).toBe('a b')
})
