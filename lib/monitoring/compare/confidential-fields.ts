import { leastRows } from '../confidential'

type Fields = Record<string, unknown>

/** Told of any number of rows. */
const always = new Set([
  'status',
  'n_ref_total',
  'n_cur_total',
  'n_ref',
  'n_cur',
  'null_rate_ref',
  'null_rate_cur',
])

/** Names or gives away single values: extremes, listed values, edges, counts of few, and what moments tell. */
const telling =
  /^(mean|std|min|max|distinct|centroid)_(ref|cur)$|edges$|counts$|categor|^largest_move$|outside|out_of_range|^sentence$/

const isFew = (rows: unknown) => typeof rows === 'number' && rows > 0 && rows < leastRows

/**
 * What is shown of a confidential feature: of fewer than k = 20 values a side only rows and null rates; of more,
 * distances, tests and the verdict, and nothing that stands for single values.
 */
export function confidentialFields(fields: Fields): Fields {
  const few = isFew(fields.n_ref) || isFew(fields.n_cur)
  const entries = Object.entries(fields).map(([name, value]): [string, unknown] => {
    if (always.has(name)) return [name, value]
    return [name, few || telling.test(name) ? null : value]
  })
  const shown = Object.fromEntries(entries)
  const verdict = few ? 'low_confidence' : fields.judged
  const sentence = few
    ? `Fewer than ${leastRows} values of a confidential feature: its drift is not told.`
    : `Judged ${String(verdict).replace('_', ' ')}; values of a confidential feature are not named.`
  return { ...shown, judged: verdict, sentence }
}
