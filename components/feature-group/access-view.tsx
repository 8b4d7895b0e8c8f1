import Link from 'next/link'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { helpSentence } from '@/components/layout/not-ready'
import { NameText } from '@/components/ui/name-text'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import type { AccessResource } from '@/lib/catalog/operations'

type Answer = Pick<AccessResource['reading'][number], 'allowed' | 'rule' | 'who_can_help'>

/** A refusal is no failure: it is only said. */
const Word = ({ allowed }: Answer) =>
  allowed ? <StateWord state="ok">you may</StateWord> : <span className="text-muted">you may not</span>

/** The rule, and who can help where it refuses. */
const because = ({ allowed, rule, who_can_help: people }: Answer): string =>
  allowed ? rule : `${rule} ${helpSentence({ who_can_help: people })}`

const columns: TableColumn[] = [
  { id: 'what', header: 'Act', width: '280px', fixed: true, phone: 'first' },
  { id: 'answer', header: 'You', width: '112px', phone: 'first' },
  { id: 'rule', header: 'By which rule', grow: true, phone: 'second' },
]

function Acts({ label, acts }: { label: string; acts: AccessResource['reading'] }) {
  return (
    <Section title={label}>
      <DataTable
        bare
        label={label}
        columns={columns}
        rows={acts.map((act) => ({
          id: act.action,
          cells: {
            what: act.what.charAt(0).toUpperCase() + act.what.slice(1),
            answer: <Word {...act} />,
            rule: <span className="text-12">{because(act)}</span>,
          },
        }))}
      />
    </Section>
  )
}

const mostNames = 12

function Features({ names }: { names: readonly string[] }) {
  const more = names.length - mostNames
  return (
    <span className="flex flex-wrap gap-x-2 whitespace-normal">
      {names.slice(0, mostNames).map((name) => (
        <NameText key={name} name={name} />
      ))}
      {more > 0 ? <span className="text-muted">and {more} more</span> : null}
    </span>
  )
}

const classColumns: TableColumn[] = [
  { id: 'class', header: 'Class', width: '128px', fixed: true, phone: 'first' },
  { id: 'statistics', header: 'Statistics', width: '120px', phone: 'first' },
  { id: 'values', header: 'Values', width: '120px', phone: 'second' },
  { id: 'features', header: 'Features', grow: true, from: 'md' },
]

function Classes({ classes }: Pick<AccessResource, 'classes'>) {
  const refused = classes.filter(({ values }) => !values.allowed)
  return (
    <Section
      title="Classes of its features"
      note="A feature may be stricter than its group: then its values are masked among the rows, in answers and in files."
    >
      <DataTable
        bare
        label="Classes of its features"
        columns={classColumns}
        rows={classes.map((one) => ({
          id: one.classification,
          cells: {
            class: one.classification,
            statistics: <Word {...one.statistics} />,
            values: <Word {...one.values} />,
            features: <Features names={one.features} />,
          },
        }))}
      />
      {refused.map((one) => (
        <p key={one.classification} className="prose mt-2 text-12 text-muted">
          Values of {one.classification} features: {because(one.values)}
        </p>
      ))}
    </Section>
  )
}

const useWords: Record<string, string> = {
  aggregate_only: 'values leave only in aggregates',
  no_reidentification: 'never beside what names a person',
}

interface AccessViewProps {
  access: AccessResource
  usageHref: string
  /** Its rows of the audit log; null for who may not read them. */
  auditHref: string | null
}

/** What the reader may do with it, by which rule, and who can help. */
export function AccessView({ access, usageHref, auditHref }: AccessViewProps) {
  const uses = access.permitted_use.map((use) => useWords[use] ?? use)
  return (
    <div className="flex flex-col gap-8">
      <p className="prose">
        It is {access.classification} and belongs to team {access.owner_team}
        {uses.length > 0 ? `; permitted use: ${uses.join(', ')}` : ''}. Below stands what the policies answer
        you in {access.environment}, as the act itself would be answered; an API key may do as much as its
        owner, or less.{' '}
        <Link className="link" href={toRoute(usageHref)}>
          Who reads it
        </Link>
        {auditHref ? (
          <>
            {' · '}
            <Link className="link" href={toRoute(auditHref)}>
              Every decision in the audit log
            </Link>
          </>
        ) : null}
      </p>
      <Acts label="Reading" acts={access.reading} />
      <Classes classes={access.classes} />
      <Acts label="Changing and looking after" acts={access.changing} />
      <p className="text-12 text-muted">
        Policies <code className="font-mono">{access.policy_version}</code>
      </p>
    </div>
  )
}
