import { describe, expect, it } from 'vitest'
import { type Mergeable, planRuns } from './plan-runs'

const megabyte = 1024 * 1024
const file = (id: string, bytes = 1000, kind: Mergeable['kind'] = 'single'): Mergeable => ({
  kind,
  id,
  path: id,
  bytes,
  first: id,
  last: id,
})
const ids = (runs: Mergeable[][]) => runs.map((run) => run.map(({ id }) => id).join(''))

describe('what is merged', () => {
  it('is small neighbours, where there are enough of them', () => {
    const files = [...'abc'].map((id) => file(id))
    expect(ids(planRuns(files, 3))).toEqual(['abc'])
    expect(ids(planRuns(files, 4))).toEqual([])
  })

  it('is never across a large file, which stays as it is', () => {
    const files = [
      file('a'),
      file('b'),
      file('L', 16 * megabyte),
      file('c'),
      file('d'),
      file('e', 500, 'merged'),
    ]
    expect(ids(planRuns(files, 2))).toEqual(['ab', 'cde'])
  })

  it('grows to 64 MB and no further', () => {
    const files = [...'abcdefgh'].map((id) => file(id, 15 * megabyte))
    expect(ids(planRuns(files, 2))).toEqual(['abcd', 'efgh'])
  })

  it('keeps the files of one commit together', () => {
    const files = [file('a'), file('b', 10 * megabyte), file('b', 10 * megabyte), file('c'), file('d')]
    expect(ids(planRuns(files, 2))).toEqual(['cd'])
  })
})
