import { type AssetKind, assetHref } from '@/components/catalog/asset-href'
import { EmptyState } from '@/components/ui/empty-state'
import { Name } from '@/components/ui/name'
import { Time } from '@/components/ui/time'
import { type Change, changeWords } from './change-words'

export interface HomeChange extends Change {
  id: string
  time: string
  actor: string
  /** Whom a key acted for. */
  onBehalfOf: string | null
  asset: { kind: AssetKind; name: string }
}

export const isNew = ({ time }: HomeChange, since: string | null): boolean => since !== null && time > since

interface RecentChangesProps {
  changes: readonly HomeChange[]
  /** What was changed after it is marked; null: nothing is. */
  since: string | null
}

/** Who changed what, newest first. */
export function RecentChanges({ changes, since }: RecentChangesProps) {
  if (changes.length === 0)
    return (
      <EmptyState title="Nothing was changed in 30 days">
        Registrations, new versions and deprecations stand here.
      </EmptyState>
    )
  return (
    <ul className="border-t">
      {changes.map((change) => {
        const { before, after } = changeWords(change)
        const { kind, name } = change.asset
        return (
          <li
            key={change.id}
            className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 border-b py-1.5 max-md:min-h-11"
          >
            <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
              <span className="font-medium">{change.actor}</span>
              {change.onBehalfOf && change.onBehalfOf !== change.actor ? (
                <span className="text-muted">for {change.onBehalfOf}</span>
              ) : null}
              <span>{before}</span>
              <Name name={name} href={assetHref(kind, name)} />
              {after ? <span>{after}</span> : null}
            </span>
            <span className="flex items-baseline gap-2 text-12">
              {isNew(change, since) ? <span className="font-medium text-accent">new</span> : null}
              <Time at={change.time} relative className="text-muted" />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
