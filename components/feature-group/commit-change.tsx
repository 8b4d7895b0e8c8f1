'use client'
import { cn } from '@/components/ui/cn'
import { ErrorState } from '@/components/ui/error-state'
import { formatNumber, formatShare, plural } from '@/components/ui/format-number'
import { scrollRegion } from '@/components/ui/scroll-region'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { CommitChange as Change, FeatureChange } from '@/lib/ingestion/operations'
import { changeSentence, shiftOf } from './commit-words'
import { type CommitPlace, useCommit } from './use-commit'

const head =
  'h-7 whitespace-nowrap border-b border-b-control px-2 text-right font-normal text-12 first:pl-0 first:text-left'
const cell = 'num h-8 whitespace-nowrap border-b px-2 text-right first:pl-0 first:text-left'

/** Half as large again, or a twentieth of the rows more null: worth a second look. */
const isFar = (change: FeatureChange): boolean =>
  (shiftOf(change) ?? 0) > 0.33 ||
  Math.abs((change.own.null_share ?? 0) - (change.before.null_share ?? 0)) > 0.05

function Row({ change }: { change: FeatureChange }) {
  const { name, own, before } = change
  const range = own.min === null ? '–' : `${formatNumber(own.min)} … ${formatNumber(own.max)}`
  return (
    <tr className={cn(isFar(change) && 'bg-warn-tint')}>
      <th scope="row" className={cn(cell, 'font-mono font-normal')}>
        {name}
      </th>
      <td className={cell}>{formatNumber(own.mean)}</td>
      <td className={cn(cell, 'text-muted')}>{formatNumber(before.mean)}</td>
      <td className={cell}>{formatShare(own.null_share)}</td>
      <td className={cn(cell, 'text-muted')}>{formatShare(before.null_share)}</td>
      <td className={cell}>{range}</td>
    </tr>
  )
}

function Table({ change }: { change: Change }) {
  if (change.features.length === 0)
    return <p className="text-muted">You may see statistics of none of its features.</p>
  return (
    <div {...scrollRegion('What the commit changed')} className="overflow-x-auto">
      <table className="w-full min-w-140 border-collapse">
        <thead>
          <tr>
            {['Feature', 'Mean', 'Mean before', 'Null', 'Null before', 'Least … greatest'].map((label) => (
              <th key={label} scope="col" className={head}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {change.features.map((feature) => (
            <Row key={feature.name} change={feature} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What a commit's rows are beside those that were known before it. */
export function CommitChange({ place }: { place: CommitPlace }) {
  const { data, error, refetch } = useCommit(place, true)
  if (error)
    return (
      <ErrorState title="What changed is not known" problem={error.problem} onRetry={() => void refetch()} />
    )
  if (!data) return <SkeletonRows rows={4} columns={6} />
  if (!data.change) return <p className="text-muted">A revert brings no rows of its own.</p>
  const { rows, keys, rows_before: before } = data.change
  return (
    <div className="flex flex-col gap-2">
      <p>
        {changeSentence(data.change)}{' '}
        <span className="text-muted">
          {plural(rows, 'row')} of {plural(keys, 'key')}, beside {plural(before, 'row')} before.
        </span>
      </p>
      {rows > 0 ? <Table change={data.change} /> : null}
    </div>
  )
}
