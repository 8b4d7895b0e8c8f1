import { formatNumber } from '@/components/ui/format-number'
import { scrollRegion } from '@/components/ui/scroll-region'
import { Section } from '@/components/ui/section'
import type { FeatureStatistics } from '@/lib/monitoring/operations'

const nameOf = (p: number): string => {
  if (p === 0) return 'least'
  if (p === 0.5) return 'median'
  if (p === 1) return 'greatest'
  return `${Math.round(p * 100)} %`
}

/** Values below which a share of all finite values lies. */
export function QuantilesTable({ quantiles }: { quantiles: NonNullable<FeatureStatistics['quantiles']> }) {
  return (
    <Section title="Quantiles" note="Type 7, of the finite values.">
      <div {...scrollRegion('Quantiles')} className="overflow-x-auto border-y">
        <table className="num w-full">
          <caption className="sr-only">Quantiles</caption>
          <thead>
            <tr className="text-12 text-muted">
              {quantiles.map(({ p }) => (
                <th
                  key={p}
                  scope="col"
                  className="h-7 whitespace-nowrap px-2 text-right font-normal first:pl-0 last:pr-0"
                >
                  {nameOf(p)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {quantiles.map(({ p, value }) => (
                <td key={p} className="h-8 whitespace-nowrap px-2 text-right first:pl-0 last:pr-0">
                  {formatNumber(value)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </Section>
  )
}
