import Link from 'next/link'
import type { ReactNode } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { datasetHref } from '@/components/dataset/dataset-words'
import { takenWords } from '@/components/feature-group/words'
import { formatCount, plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { ConsumerResource, ImpactResource } from '@/lib/registry/operations'
import { whoIsHit } from './consequences'

function Line({ children, aside }: { children: ReactNode; aside: ReactNode }) {
  return (
    <li className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 border-b py-1 max-md:min-h-11">
      <span className="min-w-0">{children}</span>
      <span className="text-12 text-muted">{aside}</span>
    </li>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="mb-1 text-12 text-muted">{title}</h3>
      <ul className="border-t">{children}</ul>
    </div>
  )
}

const kinds: Record<string, string> = {
  key: 'API key',
  user: 'person',
  job: 'job',
  system: 'the portal itself',
}

const countsOf = ({ reads_1d: day, reads_7d: week, reads }: Counts) =>
  `${formatCount(day)} · ${formatCount(week)} · ${formatCount(reads)}`
type Counts = Pick<ConsumerResource, 'reads' | 'reads_7d' | 'reads_1d'>

/** Key or person, whose it is, and which features it reads. */
function Reader({ reader }: { reader: ConsumerResource }) {
  const { kind, name, owner, owner_teams: teams, features, last_read: at } = reader
  const owned = kind === 'key' && owner !== null ? `of ${owner}` : null
  return (
    <li className="border-b py-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0">
          {name} <span className="text-muted">{kinds[kind] ?? kind}</span>
        </span>
        <span className="num text-12">{countsOf(reader)}</span>
      </div>
      <div className="flex flex-wrap justify-between gap-x-4 text-12 text-muted">
        <span className="min-w-0">{[owned, ...teams].filter(Boolean).join(', ')}</span>
        <span>
          last <Time at={at} relative />
        </span>
      </div>
      {features.length > 0 ? (
        <details className="text-12">
          <summary className="cursor-pointer text-muted max-md:py-3">
            {plural(features.length, 'feature')}
          </summary>
          <ul>
            {features.map((feature) => (
              <li key={feature.name} className="flex flex-wrap justify-between gap-x-4 py-0.5">
                <span className="break-all font-mono">{feature.name}</span>
                <span className="num">{countsOf(feature)}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  )
}

const Readers = ({ consumers }: Pick<ImpactResource, 'consumers'>) => (
  <div>
    <h3 className="mb-1 flex flex-wrap justify-between gap-x-4 text-12 text-muted">
      <span>Read it in the last 30 days</span>
      <span>Reads in 1 · 7 · 30 days</span>
    </h3>
    <ul className="border-t">
      {consumers.map((reader) => (
        <Reader key={`${reader.kind} ${reader.name} ${reader.owner}`} reader={reader} />
      ))}
    </ul>
  </div>
)

const csvHref = ({ group, version, change }: ImpactResource) =>
  `/api/v1/feature-groups/${encodeURIComponent(group)}/impact?${new URLSearchParams({ version: String(version), change, format: 'csv' })}`

/** Who would be hit when a version goes, and whom to tell. */
export function ImpactList({ impact }: { impact: ImpactResource }) {
  const { services, groups, datasets, models, consumers, note, owner_teams: teams } = impact
  return (
    <Section
      title={`Who reads ${impact.group}@${impact.version}`}
      aside={
        <a className="link" href={csvHref(impact)} download>
          CSV
        </a>
      }
    >
      <div className="flex flex-col gap-4">
        {whoIsHit(impact) === null ? (
          <p className="border-t border-b py-3">
            No service names it, no dataset was built from it, and nobody has read it in 30 days.
          </p>
        ) : null}
        {services.length > 0 ? (
          <Part title="Feature services that name it">
            {services.map(({ name, version, features, owner_team: team }) => (
              <Line key={name} aside={`${plural(features.length, 'feature')}, owned by ${team}`}>
                <Name name={`${name}@${version}`} href={assetHref('service', name)} />
              </Line>
            ))}
          </Part>
        ) : null}
        {groups.length > 0 ? (
          <Part title="Feature groups made of it">
            {groups.map((name) => (
              <Line key={name} aside="reads its rows">
                <Name name={name} href={assetHref('group', name)} />
              </Line>
            ))}
          </Part>
        ) : null}
        {datasets.length > 0 ? (
          <Part title="Training datasets built from it">
            {datasets.map(({ name, version, features, owner_team: team }) => (
              <Line key={name} aside={`${takenWords(features)}, owned by ${team}`}>
                <Name name={`${name}@${version}`} href={datasetHref(name, version)} />
              </Line>
            ))}
          </Part>
        ) : null}
        {models.length > 0 ? (
          <Part title="Models trained on those datasets">
            {models.map((name) => (
              <Line key={name} aside="from lineage">
                <Name name={name} />
              </Line>
            ))}
          </Part>
        ) : null}
        {consumers.length > 0 ? <Readers consumers={consumers} /> : null}
        <p className="text-muted">{note}</p>
        <Part title="Teams to tell">
          {teams.map((team) => (
            <Line
              key={team}
              aside={
                <Link className="link" href={toRoute(`/settings/teams?open=${encodeURIComponent(team)}`)}>
                  its members
                </Link>
              }
            >
              {team}
            </Line>
          ))}
        </Part>
      </div>
    </Section>
  )
}
