import Link from 'next/link'
import type { ReactNode } from 'react'
import { DomainLink } from '@/components/domain/domain-link'
import { saidOf } from '@/components/rules/said'
import { customFacts, saidFacts } from '@/components/rules/said-facts'
import { type Fact, FactsList } from '@/components/ui/facts-list'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import type { GroupResource } from '@/lib/registry/operations'
import { InlineGroup } from './inline-group'
import { durationWords, everyWords, scheduleWords } from './words'

const scheduleFact = (schedule: string) => {
  const words = scheduleWords(schedule)
  return words === null ? mono(schedule) : <span title={schedule}>{words}, UTC</span>
}

const mono = (text: string) => <code className="font-mono text-12">{text}</code>

const link = (href: string, children: ReactNode) => (
  <Link href={toRoute(href)} className="link">
    {children}
  </Link>
)

const typed = (columns: readonly { name: string; type: string }[]) => (
  <span className="flex flex-col">
    {columns.map(({ name, type }) => (
      <span key={name}>
        {mono(name)} <span className="text-12 text-muted">{type}</span>
      </span>
    ))}
  </span>
)

function sourceOf({ source }: GroupResource): ReactNode {
  const name = typeof source.name === 'string' ? source.name : null
  if (name === null) return source.kind === 'push' ? 'rows are pushed' : source.kind
  return (
    <>
      {link(`/sources/${encodeURIComponent(name)}`, mono(name))}{' '}
      <span className="text-12 text-muted">{source.kind}</span>
    </>
  )
}

function tagsOf(tags: readonly string[]): ReactNode {
  return (
    <span className="inline-flex flex-wrap justify-end gap-x-2">
      {tags.map((tag) => (
        <span key={tag}>{link(`/catalog?tag=${encodeURIComponent(tag)}`, tag)}</span>
      ))}
    </span>
  )
}

const environmentsOf = ({ environments }: GroupResource) =>
  environments.map(({ name, state }) => `${name} (${state})`).join(', ') || 'none'

function identityFacts(group: GroupResource, may: boolean): Fact[] {
  return [
    { term: 'Owner', value: link(`/catalog?team=${encodeURIComponent(group.owner_team)}`, group.owner_team) },
    {
      term: 'Entity',
      value: group.entity ? link(`/entities/${group.entity}`, mono(group.entity)) : 'none: one row in all',
    },
    { term: 'Keys', value: group.keys.length > 0 ? typed(group.keys) : 'none' },
    { term: 'Event time', value: mono(group.timestamp_key) },
    ...(group.domain ? [{ term: 'Domain', value: <DomainLink domain={group.domain} /> }] : []),
    ...saidFacts({ ...saidOf(group), domain: '' }),
    ...customFacts(group.custom),
    { term: 'Classification', value: group.classification },
    ...(group.tags.length > 0 || may
      ? [
          {
            term: 'Tags',
            value: (
              <InlineGroup group={group} member="tags" may={may}>
                {group.tags.length > 0 ? tagsOf(group.tags) : 'none'}
              </InlineGroup>
            ),
          },
        ]
      : []),
  ]
}

function flowFacts(group: GroupResource, may: boolean): Fact[] {
  const delay = group.source_delay !== 'PT0S'
  return [
    { term: 'Source', value: sourceOf(group) },
    ...(group.transformation?.schedule
      ? [{ term: 'Schedule', value: scheduleFact(group.transformation.schedule) }]
      : []),
    {
      term: 'Rows promised',
      value: (
        <InlineGroup group={group} member="cadence" may={may}>
          {group.cadence ? everyWords(group.cadence) : 'no promise'}
        </InlineGroup>
      ),
    },
    { term: 'Time to live', value: group.ttl ? durationWords(group.ttl) : 'unlimited' },
    ...(delay ? [{ term: 'Source delay', value: durationWords(group.source_delay) }] : []),
    { term: 'Online store', value: onlineWords(group) },
    { term: 'Environments', value: environmentsOf(group) },
  ]
}

const onlineWords = ({ online, state }: GroupResource): string => {
  if (!online) return 'not served online'
  return state === 'archived' ? 'empty while archived' : 'latest row of each key'
}

interface GroupFactsProps {
  group: GroupResource
  /** What the history holds; null when the reader may not see it or there is none. */
  data: { rows: number; oldest: string | null; newest: string | null } | null
  /** The reader may change what is said of it, here. */
  mayEdit: boolean
}

/** What there is to know of a group, as a ruled list. */
export function GroupFacts({ group, data, mayEdit }: GroupFactsProps) {
  const counted: Fact[] = data
    ? [
        { term: 'Rows in history', value: formatCount(data.rows), number: true },
        ...(data.oldest ? [{ term: 'Oldest row', value: <Time at={data.oldest} /> }] : []),
        ...(data.newest ? [{ term: 'Newest row', value: <Time at={data.newest} /> }] : []),
      ]
    : []
  const created: Fact[] = [
    {
      term: 'Registered',
      value: (
        <>
          <Time at={group.created_at} precision="day" /> by {group.created_by}
        </>
      ),
    },
    { term: 'Changed', value: <Time at={group.updated_at} relative /> },
  ]
  return (
    <FactsList
      facts={[...identityFacts(group, mayEdit), ...flowFacts(group, mayEdit), ...counted, ...created]}
    />
  )
}
