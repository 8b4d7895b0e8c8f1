import {
  type BooleanComparison,
  type CategoryComparison,
  compareBooleanSamples,
  compareCategorySamples,
} from '../distances/category-samples'
import { compareEmbeddings } from '../distances/embeddings'
import { compareNumericSamples } from '../distances/numeric-samples'

type Fields = Record<string, unknown>
type Numbers = readonly (number | null)[]
type Vectors = readonly (readonly number[])[]

/** Every number of a numeric comparison under its published name; null where undefined. */
export function numericFields(reference: Numbers, current: Numbers): Fields {
  const {
    status,
    reference: r,
    window: w,
    nulls,
    edges,
    distances: d,
  } = compareNumericSamples(reference, current)
  return {
    status,
    n_ref_total: r.rows,
    n_cur_total: w.rows,
    n_ref: r.finite,
    n_cur: w.finite,
    inf_ref: r.infinite,
    inf_cur: w.infinite,
    null_rate_ref: r.nullRate,
    null_rate_cur: w.nullRate,
    null_rate_z: nulls?.z ?? null,
    null_rate_pvalue: nulls?.p ?? null,
    mean_ref: r.mean,
    std_ref: r.sd,
    min_ref: r.min,
    max_ref: r.max,
    distinct_ref: r.distinct,
    mean_cur: w.mean,
    std_cur: w.sd,
    min_cur: w.min,
    max_cur: w.max,
    distinct_cur: w.distinct,
    psi_bin_edges: edges,
    psi_ref_counts: d?.referenceCounts ?? null,
    psi_cur_counts: d?.windowCounts ?? null,
    psi_10_quantile_bins: d?.psi ?? null,
    psi_jeffreys: d?.psiJeffreys ?? null,
    psi_with_null_bin: d?.psiWithNullBin ?? null,
    psi_auto: d?.psiAuto ?? null,
    psi_auto_method: d?.psiAutoMethod ?? null,
    kl_ref_cur: d?.klReferenceWindow ?? null,
    kl_cur_ref: d?.klWindowReference ?? null,
    js_distance_base2: d?.jsDistanceBase2 ?? null,
    hellinger: d?.hellinger ?? null,
    tvd: d?.totalVariation ?? null,
    ks_statistic: d?.ks ?? null,
    ks_pvalue_asymptotic: d?.ksPValue ?? null,
    wasserstein: d?.wasserstein ?? null,
    wasserstein_over_ref_std: d?.wassersteinOverSd ?? null,
    cvm_statistic: d?.cramerVonMises ?? null,
    energy_distance: d?.energy ?? null,
    out_of_range_share_cur: d?.outOfRangeShare ?? null,
  }
}

function categoryFields<T>(c: CategoryComparison<T>): Fields {
  const { reference: r, window: w, nulls, distances: d } = c
  const h = d?.homogeneity
  return {
    status: c.status,
    n_ref_total: r.rows,
    n_cur_total: w.rows,
    n_ref: r.present,
    n_cur: w.present,
    null_rate_ref: r.nullRate,
    null_rate_cur: w.nullRate,
    null_rate_z: nulls?.z ?? null,
    null_rate_pvalue: nulls?.p ?? null,
    distinct_ref: r.distinct,
    distinct_cur: w.distinct,
    counts: c.counts,
    new_categories: c.newValues,
    vanished_categories: c.vanishedValues,
    n_new_categories: c.newValues.length,
    n_vanished_categories: c.vanishedValues.length,
    new_category_share_cur: c.newValueShare,
    psi: d?.psi ?? null,
    psi_jeffreys: d?.psiJeffreys ?? null,
    psi_with_null_bin: d?.psiWithNullBin ?? null,
    psi_top20_other: d?.psiTop20Other ?? null,
    kl_ref_cur: d?.klReferenceWindow ?? null,
    kl_cur_ref: d?.klWindowReference ?? null,
    js_distance_base2: d?.jsDistanceBase2 ?? null,
    hellinger: d?.hellinger ?? null,
    tvd: d?.totalVariation ?? null,
    l_infinity: d?.lInfinity?.distance ?? null,
    chi2_statistic: h?.statistic ?? null,
    chi2_pvalue: h?.p ?? null,
    dof: h?.dof ?? null,
    cramers_v: h?.cramersV ?? null,
    chi2_pvalue_yates: h?.pYates ?? null,
    g_statistic: h?.g ?? null,
    min_expected_count: h?.leastExpected ?? null,
  }
}

const trueRateFields = (c: BooleanComparison): Fields => ({
  ...categoryFields(c),
  true_rate_ref: c.trueRateReference,
  true_rate_cur: c.trueRateWindow,
  true_rate_z: c.trueRate?.z ?? null,
  true_rate_pvalue: c.trueRate?.p ?? null,
})

/** The same of two columns of categories. */
export const categoricalFields = (
  reference: readonly (string | null)[],
  current: readonly (string | null)[],
): Fields => categoryFields(compareCategorySamples(reference, current))

/** The same of two columns of booleans, with their true rates. */
export const booleanFields = (
  reference: readonly (boolean | null)[],
  current: readonly (boolean | null)[],
): Fields => trueRateFields(compareBooleanSamples(reference, current))

/** The same of two sets of vectors of one dimension. */
export function embeddingFields(reference: Vectors, current: Vectors): Fields {
  const c = compareEmbeddings(reference, current)
  return {
    status: c.status,
    n_ref: reference.length,
    n_cur: current.length,
    dim: c.dimension,
    centroid_ref: c.centroidReference,
    centroid_cur: c.centroidWindow,
    centroid_euclidean: c.centroidDistance,
    centroid_cosine_distance: c.centroidCosine,
    mmd_sigma2: c.mmd?.sigmaSquared ?? null,
    mmd2_unbiased: c.mmd?.unbiased ?? null,
    mmd2_biased: c.mmd?.biased ?? null,
    energy_distance_sq: c.energySquared,
    share_dims_wasserstein_ge_0_1: c.movedDimensionShare,
  }
}
