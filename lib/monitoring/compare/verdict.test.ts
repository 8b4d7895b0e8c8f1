import { describe, expect, it } from 'vitest'
import { compareEmbeddings } from '../distances/embeddings'
import { normals } from '../distances/testing/generated-samples'
import { blocksOf } from './blocks'
import { embeddingVerdict, verdictOfRows } from './verdict-fields'

const numeric = (rows: (number | null)[]) => ({ kind: 'numeric' as const, rows })

describe('the verdict on two columns', () => {
  it('shows both floors and the threshold that they raise', () => {
    const verdict = verdictOfRows(numeric(normals(1, 5000)), numeric(normals(2, 500)))
    expect(verdict).toMatchObject({ judged: 'ok', confidence: 'full', blocks: 10, reason: null })
    expect(verdict.psi_floor).toBeCloseTo(21.666 * (1 / 500 + 1 / 5000), 4)
    expect(verdict.psi_block_floor).toBeGreaterThan(0)
    expect(verdict.effective_rows).toBeGreaterThan(250)
    expect(verdict.thresholds).toMatchObject({ psi: { warn: 0.1, fail: 0.25 } })
  })

  it('knows neighbours that are alike from drift', () => {
    // Days of 100 rows with a shock that each shares: independent rows they are not.
    const days = (seed: number, count: number) =>
      normals(seed, count, 0, 2).flatMap((shock, day) => normals(seed + 100 + day, 100, shock))
    const verdict = verdictOfRows(numeric(days(1, 60)), numeric(days(500, 1)))
    expect(verdict.effective_rows).toBeLessThan(20)
    expect(verdict).toMatchObject({ blocks: 60, drift_judged: 'low_confidence' })
    expect(verdict.psi_block_floor).toBeGreaterThan(1)
  })

  it('finds half a standard deviation in 500 rows', () => {
    const verdict = verdictOfRows(numeric(normals(1, 5000)), numeric(normals(2, 500, 0.6)))
    expect(['warn', 'fail']).toContain(verdict.judged)
    expect(verdict.sentence).toMatch(/^Moved 0\.\d+ sd up: PSI /)
  })

  it('raises the thresholds of rates and of nulls too', () => {
    // Whole weeks of true, whole weeks of false: a week of one of them is no news.
    const rows = Array.from({ length: 4000 }, (_, i) => (i < 100 && i % 2 === 0 ? null : (i / 200) % 2 < 1))
    const window = Array.from({ length: 200 }, () => true)
    const verdict = verdictOfRows({ kind: 'boolean', rows }, { kind: 'boolean', rows: window })
    expect(verdict).toMatchObject({ blocks: 20, drift_judged: 'ok' })
    expect(verdict.true_rate_block_floor).toBeGreaterThan(0.5)
    expect(verdict.null_rate_block_floor).toBeGreaterThan(0.2)
  })

  it('names the category that moved most', () => {
    const rows = (share: number) => Array.from({ length: 400 }, (_, i) => (i % 10 < share * 10 ? 'a' : 'b'))
    const verdict = verdictOfRows(
      { kind: 'categorical', rows: rows(0.5) },
      { kind: 'categorical', rows: rows(0.9) },
    )
    expect(verdict).toMatchObject({ judged: 'fail', largest_move: { value: 'a' } })
  })

  it('of many categories costs no more than a moment', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `c${(i * 7919) % 90_000}`)
    const started = performance.now()
    const verdict = verdictOfRows(
      { kind: 'categorical', rows },
      { kind: 'categorical', rows: rows.slice(0, 1000) },
    )
    expect(verdict).toMatchObject({ blocks: 100, judged: 'ok' })
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('on embeddings asks the radius and the permutations', () => {
    const cloud = (seed: number, at: number, n = 220) => {
      const values = normals(seed, n * 3, at)
      return Array.from({ length: n }, (_, i) => values.slice(i * 3, i * 3 + 3))
    }
    const verdict = (window: number[][]) =>
      embeddingVerdict(compareEmbeddings(cloud(1, 0), window), cloud(1, 0), window)
    expect(verdict(cloud(2, 1))).toMatchObject({ judged: 'fail', mmd_pvalue: 1 / 201 })
    expect(verdict(cloud(3, 0)).judged).toBe('ok')
    expect(verdict(cloud(3, 1, 5))).toMatchObject({ judged: 'low_confidence', confidence: 'none' })
    expect(verdict([])).toMatchObject({ judged: 'no_data', mmd_pvalue: null })
  })
})

describe('blocks', () => {
  it('are whole and neighbouring, at most a hundred', () => {
    expect(blocksOf([3, 1, 2, 5, 4], 2)).toEqual([
      [3, 1],
      [2, 5],
    ])
    expect(blocksOf(normals(1, 5000), 10)).toHaveLength(100)
    expect(blocksOf([3, 1, 2], 2)).toEqual([])
    expect(blocksOf([3, 1, 2], 0)).toEqual([])
  })
  it('are not made of sorted rows', () => {
    expect(blocksOf([1, 2, 2, 3], 1)).toEqual([])
    expect(blocksOf([3, null, 2, 1], 1)).toEqual([])
    expect(blocksOf(['a', 'a', 'b', 'b'], 1)).toEqual([])
    expect(blocksOf(['a', 'b', 'a', 'b'], 2)).toHaveLength(2)
  })
})
