import type { ReactNode } from 'react'
import { plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import type { SimilarResource } from '@/lib/catalog/operations'
import { assetHref } from './asset-href'

export type SimilarFeature = SimilarResource['data'][number]

/** Two digits say enough of a likeness that was weighed by hand. */
const shownLikeness = (likeness: number | null) => (likeness === null ? 'not known' : likeness.toFixed(2))

/** "same meaning 0.93, same entity, 14 readers" */
function headOf(
  { score, same_meaning, entity, readers, reuses, lifecycle }: SimilarFeature,
  own: string | null,
) {
  return [
    `${same_meaning ? 'same meaning' : 'may mean the same'} ${score.toFixed(2)}`,
    ...(entity !== null && entity === own ? ['same entity'] : []),
    ...(lifecycle === 'deprecated' ? ['deprecated'] : []),
    plural(readers, 'reader'),
    ...(reuses > 0 ? [`reused ${reuses === 1 ? 'once' : `${reuses} times`}`] : []),
  ].join(', ')
}

interface SimilarLineProps {
  feature: SimilarFeature
  /** Entity of what it is compared with. */
  entity: string | null
  action?: ReactNode
}

/** One feature that may mean the same, how sure that is, and what speaks for and against it. */
export function SimilarLine({ feature, entity, action }: SimilarLineProps) {
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Name name={feature.feature} href={assetHref('feature', feature.feature)} />
        <span className="text-muted">
          {headOf(feature, entity)}, owned by {feature.team}
        </span>
        {action}
      </div>
      {feature.description ? <p className="prose line-clamp-2">{feature.description}</p> : null}
      <details>
        <summary className="w-fit cursor-default text-muted">Why</summary>
        <table className="mt-1 w-full max-w-140">
          <caption className="sr-only">What speaks for and against {feature.feature}</caption>
          <tbody>
            {feature.signals.map(({ signal, likeness, says }) => (
              <tr key={signal} className="border-t">
                <th scope="row" className="py-0.5 pr-3 text-left font-normal text-muted">
                  {signal}
                </th>
                <td className="num py-0.5 pr-3 text-right">{shownLikeness(likeness)}</td>
                <td className="py-0.5 break-words">{says}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
