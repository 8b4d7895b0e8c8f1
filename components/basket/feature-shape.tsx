import { prepareMiniBars } from '@/components/charts/prepare-sparkline'
import { miniCounts } from '@/components/feature/prepare-distribution'
import { shortText, wordText } from '@/components/feature-group/words'
import { formatNumber, formatShare, plural } from '@/components/ui/format-number'
import type { FeatureStatistics } from '@/lib/monitoring/operations'

const width = 168
const height = 44

/** What is read off the drawing, also without it. */
function wordsOf({ quantiles, trues, rows, nulls, top, distinct }: FeatureStatistics): string {
  const at = (p: number) => quantiles?.find((one) => one.p === p)?.value
  const [low, middle, high] = [at(0.1), at(0.5), at(0.9)]
  if (low !== undefined && middle !== undefined && high !== undefined)
    return `${formatNumber(low)} · ${formatNumber(middle)} · ${formatNumber(high)}`
  const present = rows - nulls
  if (trues !== null) return `true in ${formatShare(present > 0 ? trues / present : null)}`
  const [first] = top
  if (first && distinct !== null && first.count > 1)
    return `${shortText(wordText(first.value))} in ${formatShare(first.count / present)} of ${plural(distinct, 'value')}`
  return distinct === null ? 'too few rows to show' : plural(distinct, 'different value')
}

/** The shape of a column, large enough to be compared with its neighbour, and its 10 %, median and 90 %. */
export function FeatureShape({ name, statistics }: { name: string; statistics: FeatureStatistics }) {
  const counts = miniCounts(statistics)
  const bars = counts ? prepareMiniBars(counts) : []
  const pitch = width / Math.max(1, bars.length)
  return (
    <span className="flex flex-col gap-1">
      {bars.length > 0 ? (
        <svg
          role="img"
          aria-label={`Distribution of ${name}`}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
        >
          {bars.map((share, index) => {
            const size = share === 0 ? 0 : Math.max(1, share * (height - 1))
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity but their place
                key={index}
                x={index * pitch}
                width={Math.max(1, pitch - 1)}
                y={height - 1 - size}
                height={size}
                className="fill-accent/30"
              />
            )
          })}
          <path d={`M0 ${height - 0.5}h${width}`} className="stroke-control" strokeWidth="1" />
        </svg>
      ) : null}
      <span className="num text-12">{wordsOf(statistics)}</span>
    </span>
  )
}
