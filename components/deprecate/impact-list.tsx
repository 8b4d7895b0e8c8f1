import Link from 'next/link'
import type { ReactNode } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { datasetHref } from '@/components/dataset/dataset-words'
import { takenWords } from '@/components/feature-group/words'
import { plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { ImpactResource } from '@/lib/registry/operations'

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

function Readers({ consumers }: Pick<ImpactResource, 'consumers'>) {
  return (
    <Part title="Read it in the last 30 days">
      {consumers.map(({ kind, name, reads, last_read: at }) => (
        <Line
          key={`${kind} ${name}`}
          aside={
            <>
              {plural(reads, 'read')}, last <Time at={at} relative />
            </>
          }
        >
          {name} <span className="text-muted">{kinds[kind] ?? kind}</span>
        </Line>
      ))}
    </Part>
  )
}

/** Who would be hit when a version goes, and whom to tell. */
export function ImpactList({ impact }: { impact: ImpactResource }) {
  const { services, groups, datasets, consumers, owner_teams: teams } = impact
  const isNobody = services.length + groups.length + datasets.length + consumers.length === 0
  return (
    <Section title={`Who reads ${impact.group}@${impact.version}`}>
      <div className="flex flex-col gap-4">
        {isNobody ? (
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
        {consumers.length > 0 ? <Readers consumers={consumers} /> : null}
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
