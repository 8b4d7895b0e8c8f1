import Link from 'next/link'
import { Callout } from '@/components/ui/callout'
import { formatCount, formatShare, plural } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import type { InferenceResource } from '@/lib/catalog/operations'
import type { Definition } from './definition'
import { SensitiveColumns } from './sensitive-columns'

interface InferenceSummaryProps {
  inferred: InferenceResource
  fileName: string
  definition: Definition
  change: (part: Partial<Definition>) => void
}

/** What the file told: size, columns that look sensitive, groups that are alike, and what a person should look at. */
export function InferenceSummary({ inferred, fileName, definition, change }: InferenceSummaryProps) {
  return (
    <div className="flex flex-col gap-3">
      <p>
        <span className="font-medium">{fileName}</span>: {formatCount(inferred.rows)} rows,{' '}
        {plural(inferred.columns.length, 'column')}.
      </p>
      {inferred.notes.length > 0 ? (
        <ul className="list-disc space-y-0.5 pl-4 text-muted">
          {inferred.notes.map((note) => (
            <li key={note}>
              <MarkedProse text={note} />
            </li>
          ))}
        </ul>
      ) : null}
      <SensitiveColumns inferred={inferred} definition={definition} change={change} />
      {inferred.similar.length > 0 ? (
        <Callout title="Similar groups exist">
          <ul className="space-y-1">
            {inferred.similar.slice(0, 3).map((similar) => (
              <li key={similar.group}>
                <Name name={similar.group} href={`/groups/${encodeURIComponent(similar.group)}`} /> has{' '}
                {formatShare(similar.share)} of these features ({similar.columns.slice(0, 4).join(', ')}),
                owned by {similar.team}.{' '}
                <Link className="link" href={toRoute(`/groups/${encodeURIComponent(similar.group)}`)}>
                  Use that instead
                </Link>
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </div>
  )
}
