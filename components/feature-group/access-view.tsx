import Link from 'next/link'
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

const line = 'grid gap-x-4 gap-y-0.5 border-b py-1.5 md:grid-cols-[18rem_7rem_minmax(0,1fr)]'

function Acts({ label, acts }: { label: string; acts: AccessResource['reading'] }) {
  return (
    <Section title={label}>
      <ul className="border-t">
        {acts.map((act) => (
          <li key={act.action} className={line}>
            <span>{act.what.charAt(0).toUpperCase() + act.what.slice(1)}</span>
            <Word {...act} />
            <span className="text-12 text-muted leading-5">{because(act)}</span>
          </li>
        ))}
      </ul>
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

function Class({ one }: { one: AccessResource['classes'][number] }) {
  const { classification, statistics, values, features } = one
  return (
    <li className={line}>
      <span>
        {classification} <Features names={features} />
      </span>
      <span className="flex flex-col md:col-span-2">
        <span>
          Statistics: <Word {...statistics} />
          {', '}values: <Word {...values} />
        </span>
        {values.allowed ? null : <span className="text-12 text-muted">Values: {because(values)}</span>}
        {statistics.allowed ? null : (
          <span className="text-12 text-muted">Statistics: {because(statistics)}</span>
        )}
      </span>
    </li>
  )
}

function Classes({ classes }: Pick<AccessResource, 'classes'>) {
  return (
    <Section
      title="Classes of its features"
      note="A feature may be stricter than its group: then its values are masked among the rows, and no answer or file has them."
    >
      <ul className="border-t">
        {classes.map((one) => (
          <Class key={one.classification} one={one} />
        ))}
      </ul>
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
