import { describe, expect, it } from 'vitest'
import { contextOf } from '@/lib/registry/testing'
import { generate } from '../distances/testing/generated-samples'
import { agrees, type Side, vectors } from '../distances/testing/read-vectors'
import { compareSamples } from './compare'

const ctx = () => contextOf(['viewer'])
const valuesOf = (side: Side) => (Array.isArray(side) ? side : generate(side.generator))
const failure = (body: unknown) =>
  compareSamples(ctx(), body).then(
    () => 'no failure',
    ({ code, details }) => [code, details.errors?.[0]?.pointer],
  )

describe('compareSamples', () => {
  it('answers the vectors’ cases under the vectors’ names, each with its definition', async () => {
    for (const { id, kind, reference, current, expected, tolerance } of vectors.cases) {
      const {
        definitions,
        kind: _,
        ...answer
      } = await compareSamples(ctx(), {
        kind,
        reference: valuesOf(reference),
        current: valuesOf(current),
      })
      expect(answer.status, id).toBe(expected.status)
      expect(definitions.map(({ name }) => name).sort(), id).toEqual(Object.keys(answer).sort())
      const missing = Object.keys(expected).filter((name) => !(name in answer))
      const informative = ['ks_pvalue_scipy_asymp', 'ks_pvalue_exact', 'cvm_pvalue_asymptotic']
      expect(
        missing.filter((name) => !informative.includes(name)),
        id,
      ).toEqual([])
      const wrong = Object.entries(expected).filter(
        ([name, value]) =>
          !informative.includes(name) &&
          !agrees(answer[name], value, tolerance, name.endsWith('_pvalue') ? tolerance.pvalue_abs : 0),
      )
      expect(wrong, id).toEqual([])
      expect(JSON.stringify(answer), id).not.toMatch(/NaN|Infinity/)
    }
  })

  it('reads wide integers and the names of what JSON has no number for', async () => {
    const answer = await compareSamples(ctx(), {
      kind: 'numeric',
      reference: [1, 2, 9007199254740993n, 'NaN', null],
      current: ['Infinity', 3],
    })
    expect(answer).toMatchObject({ n_ref: 3, n_ref_total: 5, n_cur: 1, inf_cur: 1, status: 'ok' })
  })

  it('never calls an empty side equal', async () => {
    const answer = await compareSamples(ctx(), { kind: 'numeric', reference: [1, 2], current: [null] })
    expect(answer).toMatchObject({ status: 'no_data_current', psi_auto: null, ks_statistic: null })
  })

  it('names the value that is none', async () => {
    expect(await failure({ kind: 'numeric', reference: [1, '2'], current: [] })).toEqual([
      'invalid',
      '/reference/1',
    ])
    expect(await failure({ kind: 'boolean', reference: [], current: [true, 1] })).toEqual([
      'invalid',
      '/current/1',
    ])
    expect(await failure({ kind: 'categorical', reference: ['a', 1], current: [] })).toEqual([
      'invalid',
      '/reference/1',
    ])
    expect(await failure({ kind: 'embedding', reference: [[1, 2]], current: [[1]] })).toEqual([
      'invalid',
      '/current/0',
    ])
    expect(await failure({ kind: 'embedding', reference: [[1, 'NaN']], current: [] })).toEqual([
      'invalid',
      '/reference/0/1',
    ])
    expect(await failure({ kind: 'numeric', reference: [] })).toEqual(['invalid', '/current'])
    expect(await failure(undefined)).toEqual(['invalid', ''])
    expect(await failure({ kind: 'numeric', reference: Array(100_001).fill(1), current: [] })).toEqual([
      'too_large',
      undefined,
    ])
  })

  it('is refused to somebody without any role', async () => {
    await expect(compareSamples(contextOf([]), {})).rejects.toMatchObject({ code: 'forbidden' })
  })
})
