import { expect, it } from 'vitest'
import type { ThreadResource } from '@/lib/governance/operations'
import type { DiffResource, VersionResource } from '@/lib/registry/operations'
import { discussionOf } from './lines'

const thread = (id: string, field: string): ThreadResource => ({
  id,
  field,
  created_at: '2026-05-01T00:00:00.000000Z',
  resolved: null,
  comments: [],
})

/** As far as lines look at a version and a difference. */
const version = { features: [{ name: 'a', type: 'int64', description: 'A.' }] } as VersionResource
const diff = {
  changes: [
    { field: 'features.a.type', old: 'int32', new: 'int64', class: 'breaking' },
    { field: 'features.b', old: null, new: 'string', class: 'info' },
  ],
} as DiffResource

it('puts a thread at its line, at the line of its feature, or beside the change', () => {
  const threads = [
    thread('1', 'features.a.type'),
    thread('2', 'features.b.description'),
    thread('3', ''),
    thread('4', 'features.a.tags'),
  ]
  const { lines, rest } = discussionOf(version, diff, threads, [])
  expect(lines.map(({ threads: at }) => at.map(({ id }) => id))).toEqual([['1'], ['2']])
  expect(rest.map(({ id }) => id)).toEqual(['3', '4'])
})

it('makes the features of a first version its lines, with what they promise', () => {
  const { lines } = discussionOf(version, null, [], [])
  expect(lines).toMatchObject([{ field: 'features.a', old: null, new: 'int64 · A.', class: 'info' }])
  const features = [{ name: 'a', type: 'int64', description: 'A.', contract: { min: 0 } }]
  const [line] = discussionOf({ features } as VersionResource, null, [], []).lines
  expect(line?.new).toBe('int64 · at least 0 · A.')
})
