import { type EmbeddingComparison, mmdPermutationP } from './embeddings'
import { type Judged, level } from './judge'
import { shuffled, uniformGenerator } from './random'
import { EMBEDDING_THRESHOLDS } from './thresholds'

type Vectors = readonly (readonly number[])[]

/** What a comparison of embeddings means. */
export interface EmbeddingVerdict {
  judged: Judged
  confidence: 'full' | 'none'
  /** Permutation p of the MMD on a sample; null below two vectors a side. */
  p: number | null
  sentence: string
}

/** Permutations cost the square of the sample, and this many tell a tenth of a radius apart. */
const SAMPLE = 100

const sampleOf = (vectors: Vectors, seed: number): Vectors =>
  vectors.length <= SAMPLE ? vectors : shuffled(vectors, uniformGenerator(seed)).slice(0, SAMPLE)

const short = (value: number) => String(Number(value.toPrecision(2)))

/**
 * Warn or fail when the centroid moved 0.1 or 0.25 of the reference's RMS radius and the permutation p is at most
 * `alpha`. A reference of one point has no radius, so a centroid that left it fails.
 */
export function judgeEmbeddings(
  comparison: EmbeddingComparison,
  reference: Vectors,
  window: Vectors,
  alpha = 0.01,
): EmbeddingVerdict {
  const { centroidOverRadius: effect, centroidDistance } = comparison
  if (comparison.status !== 'ok') {
    const side = reference.length === 0 ? 'reference' : 'window'
    const sentence = `No vectors in the ${side}, so drift is not judged.`
    return { judged: 'no_data', confidence: 'none', p: null, sentence }
  }
  const p = mmdPermutationP(sampleOf(reference, 1), sampleOf(window, 2))
  const rows = Math.min(reference.length, window.length)
  if (rows < EMBEDDING_THRESHOLDS.fewestRows) {
    const sentence = `${rows} ${rows === 1 ? 'vector is' : 'vectors are'} too few to judge drift.`
    return { judged: 'low_confidence', confidence: 'none', p, sentence }
  }
  const hasLeftPoint = effect === null && centroidDistance !== 0
  const reached = hasLeftPoint ? 'fail' : (level(effect, EMBEDDING_THRESHOLDS.centroidOverRadius) ?? 'ok')
  const judged = p !== null && p <= alpha ? reached : 'ok'
  const moved = hasLeftPoint ? 'left its only point' : `moved ${short(effect ?? 0)} of the reference's radius`
  const sentence =
    judged === 'ok'
      ? `No drift found on ${window.length} vectors: the centroid ${moved}.`
      : `The centroid ${moved}; MMD p ${short(p ?? 0)}.`
  return { judged, confidence: 'full', p, sentence }
}
