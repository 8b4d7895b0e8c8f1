import { alignCategories } from '../distances/categories'
import {
  hellinger,
  jsDistanceBase2,
  klDivergence,
  lInfinity,
  psi,
  psiJeffreys,
  totalVariation,
} from '../distances/divergences'
import { gridDistances } from '../distances/grid-distances'
import { measureProfiles } from '../distances/measure'
import {
  type BooleanProfile,
  type NumericProfile,
  type Profile,
  presentRows,
  profileSd,
} from '../distances/profile'
import { nullRate } from '../distances/samples'
import { chiSquareHomogeneity, twoProportionZ } from '../distances/tests-of-rates'
import { booleanFields, categoricalFields, numericFields } from './fields'

type Fields = Record<string, unknown>
type Counts = readonly number[]

/** Every published name, so that what counts cannot tell is null and not absent. */
const undefinedFields = {
  numeric: numericFields([], []),
  categorical: categoricalFields([], []),
  boolean: booleanFields([], []),
}

function commonFields(r: Profile, w: Profile): Fields {
  const nulls = twoProportionZ(r.missing, r.rows, w.missing, w.rows)
  return {
    n_ref_total: r.rows,
    n_cur_total: w.rows,
    n_ref: presentRows(r),
    n_cur: presentRows(w),
    null_rate_ref: nullRate(r.missing, r.rows),
    null_rate_cur: nullRate(w.missing, w.rows),
    null_rate_z: nulls?.z ?? null,
    null_rate_pvalue: nulls?.p ?? null,
  }
}

const sharesFields = (p: Counts, q: Counts): Fields => ({
  psi_jeffreys: psiJeffreys(p, q),
  kl_ref_cur: klDivergence(p, q),
  kl_cur_ref: klDivergence(q, p),
  js_distance_base2: jsDistanceBase2(p, q),
  hellinger: hellinger(p, q),
  tvd: totalVariation(p, q),
})

/** Facts of each side, then distances on the frozen bins and on the grid. */
function numericOf(r: NumericProfile, w: NumericProfile, isOk: boolean): Fields {
  const facts = {
    inf_ref: r.infinite,
    inf_cur: w.infinite,
    mean_ref: r.mean,
    mean_cur: w.mean,
    std_ref: profileSd(r),
    std_cur: profileSd(w),
    min_ref: r.min,
    max_ref: r.max,
    min_cur: w.min,
    max_cur: w.max,
    distinct_ref: r.distinct ?? null,
    distinct_cur: w.distinct ?? null,
    psi_bin_edges: r.bins.edges,
  }
  if (!isOk) return facts
  const measures = measureProfiles(r, w)
  const grid = gridDistances(r, w)
  return {
    ...facts,
    ...sharesFields(r.counts, w.counts),
    psi_ref_counts: r.counts,
    psi_cur_counts: w.counts,
    psi_10_quantile_bins: r.bins.method === 'quantile' ? psi(r.counts, w.counts) : null,
    psi_with_null_bin: psi([...r.counts, r.missing], [...w.counts, w.missing]),
    psi_auto: psi(r.counts, w.counts),
    psi_auto_method: r.bins.method,
    ks_statistic: grid?.ks ?? null,
    ks_pvalue_asymptotic: grid ? measures.p : null,
    wasserstein: grid?.wasserstein ?? null,
    wasserstein_over_ref_std: measures.wassersteinOverSd,
    out_of_range_share_cur: (w.belowMin + w.aboveMax) / presentRows(w),
  }
}

function tableFields(p: Counts, q: Counts, missing: readonly [number, number]): Fields {
  const table = chiSquareHomogeneity(p, q)
  return {
    ...sharesFields(p, q),
    psi: psi(p, q),
    psi_with_null_bin: psi([...p, missing[0]], [...q, missing[1]]),
    l_infinity: lInfinity(p, q)?.distance ?? null,
    chi2_statistic: table?.statistic ?? null,
    chi2_pvalue: table?.p ?? null,
    dof: table?.dof ?? null,
    cramers_v: table?.cramersV ?? null,
    chi2_pvalue_yates: table?.pYates ?? null,
    g_statistic: table?.g ?? null,
    min_expected_count: table?.leastExpected ?? null,
  }
}

function booleanOf(r: BooleanProfile, w: BooleanProfile): Fields {
  const [n, m] = [presentRows(r), presentRows(w)]
  const test = twoProportionZ(r.trues, n, w.trues, m)
  return {
    ...tableFields([r.trues, n - r.trues], [w.trues, m - w.trues], [r.missing, w.missing]),
    true_rate_ref: r.trues / n,
    true_rate_cur: w.trues / m,
    true_rate_z: test?.z ?? null,
    true_rate_pvalue: test?.p ?? null,
  }
}

function effectsOf(r: Profile, w: Profile, isOk: boolean): Fields {
  if (r.kind === 'numeric' && w.kind === 'numeric') return numericOf(r, w, isOk)
  if (!isOk) return {}
  if (r.kind === 'boolean' && w.kind === 'boolean') return booleanOf(r, w)
  if (r.kind !== 'categorical' || w.kind !== 'categorical') return {}
  const { labels, reference: p, window: q } = alignCategories(r, w)
  return {
    ...tableFields(p, q, [r.missing, w.missing]),
    distinct_ref: r.distinct ?? null,
    distinct_cur: w.distinct ?? null,
    counts: labels.map((label, i) => [label, p[i], q[i]]),
    new_category_share_cur: measureProfiles(r, w).newValueShare,
  }
}

/** What two profiles tell under the published names; null where counts do not tell it. Both are of one kind. */
export function profileFields(reference: Profile, window: Profile): Fields {
  const { status } = measureProfiles(reference, window)
  const nothing = Object.keys(undefinedFields[reference.kind]).map((name) => [name, null])
  return {
    ...Object.fromEntries(nothing),
    status,
    ...commonFields(reference, window),
    ...effectsOf(reference, window, status === 'ok'),
  }
}
