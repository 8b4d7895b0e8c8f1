import { describe, expect, it } from 'vitest'
import type { CommitChange, CommitResource } from '@/lib/ingestion/operations'
import { changeSentence, countsOf, kindWords } from './commit-words'

const commit: CommitResource = {
  id: 'a',
  group: 'g',
  version: 1,
  environment: 'prod',
  kind: 'ingest',
  created: '2026-06-01T00:00:00.000000Z',
  rows: 3,
  tombstones: 1,
  quarantined: 0,
  held: 0,
  superseded: 2,
  min_event_time: null,
  max_event_time: null,
  online: 'done',
  by: { kind: 'user', name: 'mara' },
  via: 'api',
  state: 'in_force',
  reason: null,
  reverts: null,
  reverted_by: null,
}
const reverts = (kind: CommitResource['kind']) => ({ id: 'b', kind, created: commit.created, rows: 1200 })

describe('a commit in words', () => {
  it('counts what came, what was deleted and what was not the newest', () => {
    expect(countsOf(commit)).toBe('3 rows · 1 deleted · 2 not the newest of their key')
    expect(countsOf({ ...commit, superseded: null, tombstones: 0 })).toBe('3 rows')
  })

  it('tells a revert from one that was taken back', () => {
    const revert = { ...commit, kind: 'revert' as const, reverts: reverts('ingest') }
    expect(kindWords(revert)).toBe('Commit reverted')
    expect(countsOf(revert)).toMatch(/^1.200 rows hidden$/)
    const back = { ...revert, reverts: reverts('revert') }
    expect(kindWords(back)).toBe('Revert taken back')
    expect(countsOf(back)).toBe('rows are back')
  })
})

describe('what a commit changed', () => {
  const glance = (mean: number | null, null_share: number | null) => ({
    mean,
    null_share,
    min: null,
    max: null,
  })
  const change = (
    own: [number | null, number],
    before: [number | null, number | null],
    rows = 5,
  ): CommitChange => ({
    rows,
    keys: 2,
    rows_before: before[1] === null ? 0 : 10,
    features: [
      { name: 'steady', type: 'int64', own: glance(1, 0), before: glance(1, before[1] === null ? null : 0) },
      { name: 'speed', type: 'float64', own: glance(...own), before: glance(...before) },
    ],
  })

  it('is said of the feature that differs most', () => {
    expect(changeSentence(change([40, 0], [4, 0.1]))).toBe('The mean of speed is 40; before it was 4.')
    expect(changeSentence(change([4, 0.5], [4, 0]))).toBe('50 % of speed is null; before it was 0 %.')
  })

  it('says so when nothing differs or nothing is there to compare with', () => {
    expect(changeSentence(change([4, 0], [4, 0]))).toContain('are those of the history before')
    expect(changeSentence(change([4, 0], [null, null]))).toContain('no history before')
    expect(changeSentence(change([null, 0], [4, 0], 0))).toContain('tombstones alone')
  })
})
