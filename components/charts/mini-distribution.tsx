import { prepareMiniBars } from './prepare-sparkline'

export interface MiniDistributionProps {
  /** Counts by bin, in the order of the values. */
  counts: readonly number[]
  /** In words: "Distribution of mean_delay_7d, median 8.1 minutes". */
  label: string
}

/** The shape of a column in 56 × 18. */
export function MiniDistribution({ counts, label }: MiniDistributionProps) {
  const bars = prepareMiniBars(counts)
  const pitch = 56 / Math.max(1, bars.length)
  return (
    <svg
      role="img"
      aria-label={label}
      width="56"
      height="18"
      viewBox="0 0 56 18"
      className="inline-block shrink-0"
    >
      {bars.map((height, index) => {
        const size = height === 0 ? 0 : Math.max(1, height * 17)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity but their place
            key={index}
            x={index * pitch}
            width={Math.max(1, pitch - 1)}
            y={17 - size}
            height={size}
            className="fill-accent/60"
          />
        )
      })}
      <path d="M0 17.5h56" className="stroke-control" strokeWidth="1" />
    </svg>
  )
}
