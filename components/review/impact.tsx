import { datasetHref } from '@/components/dataset/dataset-words'
import { readerKind, takenWords } from '@/components/feature-group/words'
import { formatCount, plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { ImpactResource } from '@/lib/registry/operations'
import { allOf } from './words'

const line = 'flex items-baseline justify-between gap-3 border-b py-1.5'

/** Who stands on a version: services that select from it, groups fed by it, datasets built from it, and readers of the last 30 days. */
export function Impact({ impact }: { impact: ImpactResource }) {
  const { services, groups, datasets, consumers, note, owner_teams: teams } = impact
  const nobody = services.length + groups.length + datasets.length + consumers.length === 0
  return (
    <Section
      title={`Who uses version ${impact.version}`}
      aside={nobody ? undefined : `To tell: ${allOf(teams)}`}
    >
      {nobody ? (
        <p className="text-muted">
          No service selects from it, no group is fed by it, no training dataset was built from it, and nobody
          has read it in 30 days.
        </p>
      ) : (
        <ul className="border-t">
          {services.map(({ name, features, owner_team: team }) => (
            <li key={`service ${name}`} className={line}>
              <Name name={name} href={`/services/${encodeURIComponent(name)}`} />
              <span className="shrink-0 text-12 text-muted">
                service · {plural(features.length, 'feature')} · {team}
              </span>
            </li>
          ))}
          {groups.map((name) => (
            <li key={`group ${name}`} className={line}>
              <Name name={name} href={`/groups/${encodeURIComponent(name)}`} />
              <span className="shrink-0 text-12 text-muted">feature group fed by it</span>
            </li>
          ))}
          {datasets.map(({ name, version, features, owner_team: team }) => (
            <li key={`dataset ${name}`} className={line}>
              <Name name={`${name}@${version}`} href={datasetHref(name, version)} />
              <span className="shrink-0 text-12 text-muted">
                training dataset · {takenWords(features)} · {team}
              </span>
            </li>
          ))}
          {consumers.map(({ kind, name, reads, last_read: last }) => (
            <li key={`${kind} ${name}`} className={line}>
              <span className="min-w-0 truncate">
                {name} <span className="text-12 text-muted">{readerKind(kind)}</span>
              </span>
              <span className="num shrink-0 text-12 text-muted">
                {formatCount(reads)} reads · <Time at={last} relative />
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-2 text-12 text-muted">{note}</p>
    </Section>
  )
}
