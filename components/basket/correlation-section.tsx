import { formatCount, plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { scrollRegion } from '@/components/ui/scroll-region'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { CorrelationResource } from '@/lib/basket/operations'
import { coefficientText, findingOf, strongestFirst } from './correlation-words'

type Entity = CorrelationResource['entities'][number]
type Pair = Entity['pairs'][number]

/** The number, on a ground as strong as it is; its sign is written, not coloured. */
function Cell({ pair }: { pair: Pair | undefined }) {
  if (!pair) return <td className="border-l bg-sunken" />
  if (pair.coefficient === null)
    return (
      <td className="hatch border-l px-2 py-1 text-right text-muted" title={pair.reason ?? undefined}>
        none
      </td>
    )
  return (
    <td className="relative border-l px-2 py-1 text-right" title={`${formatCount(pair.rows)} rows hold both`}>
      <span
        aria-hidden
        className="absolute inset-0 bg-accent/30"
        style={{ opacity: Math.abs(pair.coefficient) }}
      />
      <span className="relative">{coefficientText(pair.coefficient)}</span>
    </td>
  )
}

function Matrix({ entity }: { entity: Entity }) {
  const { features, pairs } = entity
  const pairOf = (row: string, column: string) => pairs.find(({ a, b }) => a === column && b === row)
  return (
    <div
      {...scrollRegion(`Correlations of features of ${entity.entity}`)}
      className="max-w-full overflow-x-auto border-t border-b"
    >
      <table className="num w-max text-12">
        <thead>
          <tr className="border-b">
            <th scope="col" className="px-2 py-1 text-left font-normal text-muted">
              Feature
            </th>
            {features.slice(0, -1).map((feature, at) => (
              <th
                key={feature}
                scope="col"
                className="min-w-14 border-l px-2 py-1 text-right font-normal text-muted"
              >
                {at + 1}
                <span className="sr-only"> {feature}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {features.map((row, at) => (
            <tr key={row} className="border-b last:border-b-0">
              <th scope="row" className="max-w-72 px-2 py-1 text-left font-normal max-md:max-w-44">
                <span className="flex min-w-0 items-baseline gap-2">
                  <span className="text-muted">{at + 1}</span>
                  <span className="min-w-0 truncate">
                    <Name name={row} />
                  </span>
                </span>
              </th>
              {features.slice(0, -1).map((column) => (
                <Cell key={column} pair={pairOf(row, column)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Every pair with its rows, strongest first: what the matrix says, to be read line by line. */
function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <details className="text-12">
      <summary className="hit cursor-pointer text-muted hover:text-ink">
        {plural(pairs.length, 'pair')} as a list
      </summary>
      <ul className="mt-1 border-t">
        {strongestFirst(pairs).map((pair) => (
          <li
            key={`${pair.a} ${pair.b}`}
            className="flex flex-wrap items-baseline justify-between gap-x-4 border-b py-1"
          >
            <span className="min-w-0 font-mono [overflow-wrap:anywhere]">
              {pair.a} · {pair.b}
            </span>
            <span className="num">
              {pair.coefficient === null
                ? pair.reason
                : `${coefficientText(pair.coefficient)} over ${plural(pair.rows, 'row')}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

interface CorrelationSectionProps {
  correlation: CorrelationResource
  /** The same page with the other formula. */
  hrefs: Record<CorrelationResource['method'], string>
}

/** How the features of each entity move together, and what is left out with its reason. */
export function CorrelationSection({ correlation, hrefs }: CorrelationSectionProps) {
  const { entities, left_out: leftOut, method, formula } = correlation
  return (
    <Section
      title="How they move together"
      note={formula}
      aside={
        <SegmentedControl
          label="Formula"
          value={method}
          segments={[
            { value: 'spearman', label: 'Spearman', href: hrefs.spearman },
            { value: 'pearson', label: 'Pearson', href: hrefs.pearson },
          ]}
        />
      }
    >
      <div className="flex flex-col gap-6">
        {entities.map((entity) => (
          <figure key={entity.entity} className="flex min-w-0 flex-col gap-2">
            <figcaption>
              <span className="font-medium text-15">{findingOf(entity, method)}</span>
              <span className="block text-12 text-muted">
                {plural(entity.rows, 'row')} of {entity.entity}: keys and times drawn from the groups alike,
                each feature as it was known then.
              </span>
            </figcaption>
            <Matrix entity={entity} />
            <Pairs pairs={entity.pairs} />
          </figure>
        ))}
        {leftOut.length > 0 ? (
          <div>
            <h3 className="mb-1 font-medium text-13">Left out</h3>
            <ul className="border-t text-12">
              {leftOut.map(({ feature, reason }) => (
                <li key={feature} className="flex flex-wrap gap-x-3 border-b py-1">
                  <span className="font-mono [overflow-wrap:anywhere]">{feature}</span>
                  <span className="text-muted">{reason}</span>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </Section>
  )
}
