export interface Limits {
  warn: number
  fail: number
}

/** When an effect is an alarm. Shares, not per cent: 0.05 is five points. */
export interface DriftThresholds {
  psi: Limits
  /** Wasserstein-1 ÷ reference standard deviation. */
  wassersteinOverSd: Limits
  /** Exceeded strictly: any row of a value never seen before warns. */
  newValueShare: Limits
  trueRateChange: Limits
  /** Increase only. */
  nullRateIncrease: Limits
  /** Any null is news when this many reference rows had none. */
  nullFreeReferenceRows: number
  /** Significance of a test, on p-values adjusted over the run. */
  alpha: number
  fewestRows: {
    numeric: number
    numericLowConfidence: number
    categorical: number
    boolean: number
    nulls: number
  }
}

export const DEFAULT_THRESHOLDS: DriftThresholds = {
  psi: { warn: 0.1, fail: 0.25 },
  wassersteinOverSd: { warn: 0.3, fail: 0.5 },
  newValueShare: { warn: 0, fail: 0.01 },
  trueRateChange: { warn: 0.05, fail: 0.1 },
  nullRateIncrease: { warn: 0.01, fail: 0.05 },
  nullFreeReferenceRows: 1000,
  alpha: 0.01,
  fewestRows: { numeric: 200, numericLowConfidence: 100, categorical: 200, boolean: 100, nulls: 50 },
}

/** Centroids' distance ÷ the reference's root mean square radius, on at least so many vectors a side. */
export const EMBEDDING_THRESHOLDS = { centroidOverRadius: { warn: 0.1, fail: 0.25 }, fewestRows: 200 }

/** Share of joined rows whose values differ, on at least so many joined rows. */
export const SKEW_THRESHOLDS = { mismatchRate: { warn: 0.001, fail: 0.01 }, fewestRows: 500 }

/** Rows ÷ the weekday's median: between these is no news. */
export const VOLUME_THRESHOLDS = { warn: { least: 0.5, most: 2 }, fail: { least: 0.2, most: 5 } }

/** Age ÷ the interval that the group is expected to keep. */
const FRESHNESS_INTERVALS: Limits = { warn: 1.5, fail: 3 }

/** Lags in seconds from which a group with a cadence is late. */
export const freshnessLimits = (cadenceSeconds: number) => ({
  warnSeconds: cadenceSeconds * FRESHNESS_INTERVALS.warn,
  failSeconds: cadenceSeconds * FRESHNESS_INTERVALS.fail,
})
