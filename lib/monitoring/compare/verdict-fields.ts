import { type BlockFloors, blockFloors } from '../distances/block-floors'
import { compareProfiles, type DriftResult } from '../distances/compare-profiles'
import type { EmbeddingComparison } from '../distances/embeddings'
import { judgeEmbeddings } from '../distances/judge-embeddings'
import type { Profile } from '../distances/profile'
import { EMBEDDING_THRESHOLDS } from '../distances/thresholds'
import { thresholdsResource } from '../drift-resource'
import { blocksOf } from './blocks'
import { categoricalBlocks, profileOfRows, type Rows } from './profiles-of'

type Fields = Record<string, unknown>

/** The floors of both kinds, the thresholds that they raise, and what all of it means in words. */
function fieldsOf({ verdict, ...result }: DriftResult, floors: BlockFloors | null): Fields {
  const { inForce } = verdict
  return {
    null_rate_change: result.nullRateChange,
    mean_shift_over_ref_std: result.meanShiftOverSd,
    n_outside_cur: result.outsideRows,
    largest_move: result.largestMove,
    psi_judged: result.psi,
    psi_variant: result.psiVariant,
    psi_expected: result.psiExpected,
    psi_floor: result.psiFloor,
    psi_block_floor: floors?.psi ?? null,
    wasserstein_block_floor: floors?.wassersteinOverSd ?? null,
    true_rate_block_floor: floors?.trueRateChange ?? null,
    null_rate_block_floor: floors?.nullRateIncrease ?? null,
    blocks: floors?.blocks ?? 0,
    effective_rows: floors?.effectiveRows ?? null,
    thresholds: {
      ...thresholdsResource,
      psi: inForce.psi,
      wasserstein_over_ref_std: inForce.wassersteinOverSd,
      true_rate_change: inForce.trueRateChange,
      null_rate_increase: inForce.nullRateIncrease,
    },
    test: result.test,
    test_pvalue: result.p,
    judged: result.judged,
    drift_judged: verdict.drift,
    nulls_judged: verdict.nulls,
    confidence: verdict.confidence,
    reason: result.reason,
    sentence: result.sentence,
  }
}

/** The verdict on two profiles; `blocks`: of the window's length, out of the reference. */
export function verdictOfProfiles(reference: Profile, window: Profile, blocks: readonly Profile[]): Fields {
  const floors = blockFloors(blocks)
  return fieldsOf(compareProfiles(reference, window, floors ? { blockFloors: floors } : {}), floors)
}

/** The verdict on two columns; neighbouring rows of the reference make its blocks. */
export function verdictOfRows(reference: Rows, window: Rows): Fields {
  const frozen = profileOfRows(reference, null)
  const blocks = blockProfiles(reference, frozen, window.rows.length)
  return verdictOfProfiles(frozen, profileOfRows(window, frozen), blocks)
}

function blockProfiles(reference: Rows, frozen: Profile, length: number): Profile[] {
  if (reference.kind === 'categorical')
    return frozen.kind === 'categorical' ? categoricalBlocks(frozen, blocksOf(reference.rows, length)) : []
  if (reference.kind === 'boolean')
    return blocksOf(reference.rows, length).map((rows) => profileOfRows({ kind: 'boolean', rows }, frozen))
  return blocksOf(reference.rows, length).map((rows) => profileOfRows({ kind: 'numeric', rows }, frozen))
}

type Vectors = readonly (readonly number[])[]

/** The same of embeddings. */
export function embeddingVerdict(
  comparison: EmbeddingComparison,
  reference: Vectors,
  window: Vectors,
): Fields {
  const { judged, confidence, p, sentence } = judgeEmbeddings(comparison, reference, window)
  return {
    centroid_over_ref_radius: comparison.centroidOverRadius,
    mmd_pvalue: p,
    thresholds: { centroid_over_ref_radius: EMBEDDING_THRESHOLDS.centroidOverRadius },
    judged,
    confidence,
    sentence,
  }
}
