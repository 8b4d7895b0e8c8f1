import { describe, expect, it } from 'vitest'
import { generate } from './testing/generated-samples'
import { agrees, type Tolerance, vectors } from './testing/read-vectors'
import { compute } from './testing/vector-fields'

/** The definitions call these informative: other tools' p-values, shown by none of our pages. */
const INFORMATIVE = new Set(['ks_pvalue_scipy_asymp', 'ks_pvalue_exact', 'cvm_pvalue_asymptotic'])

function expectFields(
  actual: Record<string, unknown>,
  expected: Record<string, unknown>,
  tolerance: Tolerance,
) {
  const judged = Object.keys(expected).filter((field) => !INFORMATIVE.has(field))
  expect(Object.keys(actual).sort(), 'every expected field is computed').toEqual(judged.sort())
  const wrong = judged.filter(
    (field) =>
      !agrees(
        actual[field],
        expected[field],
        tolerance,
        field.endsWith('_pvalue') ? tolerance.pvalue_abs : 0,
      ),
  )
  expect(Object.fromEntries(wrong.map((field) => [field, actual[field]]))).toEqual(
    Object.fromEntries(wrong.map((field) => [field, expected[field]])),
  )
}

describe('drift vectors', () => {
  it('are all here', () => expect(vectors.cases).toHaveLength(vectors.count))

  it.each(vectors.cases)('$id: $note', ({ kind, reference, current, expected, tolerance }) => {
    for (const side of [reference, current]) {
      if (Array.isArray(side)) continue
      const first = generate(side.generator).slice(0, 3)
      // One unit in the last place: exp() differs between mathematics libraries.
      expect(agrees(first, side.check_first3, { rel: 3e-16, abs: 0, pvalue_abs: 0 }), `${first}`).toBe(true)
    }
    expectFields(compute[kind](reference, current), expected, tolerance)
  })
})
