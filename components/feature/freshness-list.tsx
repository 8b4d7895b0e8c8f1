import { formatCount } from '@/components/ui/format-number'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import { type VerdictClause, VerdictLine } from '@/components/ui/verdict-line'

interface FreshnessListProps {
  environments: readonly {
    environment: string
    isPromoted: boolean
    rows: number
    lastCommit: string | null
    clause: VerdictClause
    /** The data of that environment. */
    href: string
  }[]
}

/** How old the newest row is, environment by environment; rows belong to one of them. */
export function FreshnessList({ environments }: FreshnessListProps) {
  return (
    <Section title="Freshness by environment">
      {environments.length === 0 ? (
        <p className="text-muted">The version stands in no environment yet.</p>
      ) : (
        <ul className="border-t">
          {environments.map(({ environment, isPromoted, rows, lastCommit, clause, href }) => (
            <li
              key={environment}
              className="flex flex-wrap items-baseline justify-between gap-x-4 border-b py-1.5"
            >
              <span className="shrink-0">
                <code className="font-mono text-12">{environment}</code>{' '}
                <span className="text-12 text-muted">{isPromoted ? 'promoted' : 'registered'}</span>
              </span>
              <VerdictLine clauses={[{ ...clause, href }]} label={`Freshness in ${environment}`} />
              <span className="basis-full text-right text-12 text-muted">
                <span className="num">{formatCount(rows)}</span> rows
                {lastCommit ? (
                  <>
                    , last commit <Time at={lastCommit} relative />
                  </>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
