import { prepareSparkline } from './prepare-sparkline'

export interface SparklineProps {
  /** Oldest first; null where nothing was measured. */
  values: readonly (number | null)[]
  /** In words: "Readers by week, 12 weeks, last 14". */
  label: string
  width?: number
  height?: number
}

export function Sparkline({ values, label, width = 56, height = 18 }: SparklineProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="inline-block shrink-0"
    >
      <path
        d={prepareSparkline(values, width, height)}
        fill="none"
        className="stroke-accent"
        strokeWidth="1.25"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
