'use client'
import { assetHref } from '@/components/catalog/asset-href'
import { DetailPanel } from '@/components/layout/detail-panel'
import { Button, ButtonLink } from '@/components/ui/button'
import { FactsList } from '@/components/ui/facts-list'
import { Name } from '@/components/ui/name'
import { Time } from '@/components/ui/time'
import type { FeedbackResource } from '@/lib/feedback/operations'
import { ClosePart } from './close-part'
import { keptFor, kindWords } from './feedback-words'
import type { FeedbackActs } from './use-feedback-acts'

interface FeedbackPanelProps {
  one: FeedbackResource
  acts: FeedbackActs
  /** The list of what was told from the same place. */
  othersHref: string
  closeHref: string
  widthPx: number
}

const factsOf = (one: FeedbackResource) => [
  { term: 'Told by', value: one.mine ? 'you' : one.author },
  { term: 'Told', value: <Time at={one.created_at} /> },
  { term: 'Where', value: <code className="font-mono text-12 [overflow-wrap:anywhere]">{one.path}</code> },
  ...(one.form ? [{ term: 'Form', value: one.form }] : []),
  ...(one.request_id
    ? [
        {
          term: 'Request',
          value: <code className="font-mono text-12 [overflow-wrap:anywhere]">{one.request_id}</code>,
        },
      ]
    : []),
  ...(one.asset
    ? [
        {
          term: 'About',
          value: <Name name={one.asset.name} href={assetHref(one.asset.kind, one.asset.name)} />,
        },
      ]
    : []),
  { term: 'Kept for', value: keptFor(one) },
]

function Outcome({ one, acts }: Pick<FeedbackPanelProps, 'one' | 'acts'>) {
  if (one.closed_at === null) {
    if (one.may_close) return <ClosePart key={one.id} ids={[one.id]} acts={acts} />
    return <p className="text-muted">Open. It is closed by {keptFor(one)}; you are told how it ended.</p>
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <p>
        <span className="font-medium">Closed</span>{' '}
        <span className="text-muted">
          by {one.closed_by}, <Time at={one.closed_at} relative />
        </span>
      </p>
      <p className="prose whitespace-pre-line">{one.closed_reason}</p>
      {one.may_close ? (
        <Button pending={acts.pending} onClick={() => acts.reopen([one.id])}>
          Open again
        </Button>
      ) : null}
    </div>
  )
}

/** One thing that was hard, where, and what became of it. */
export function FeedbackPanel({ one, acts, othersHref, closeHref, widthPx }: FeedbackPanelProps) {
  return (
    <DetailPanel title={kindWords[one.kind]} label="What was hard" closeHref={closeHref} widthPx={widthPx}>
      <div className="flex flex-col gap-6">
        <p className="prose whitespace-pre-line [overflow-wrap:anywhere]">{one.said}</p>
        <FactsList facts={factsOf(one)} />
        <div className="flex flex-wrap gap-2">
          <ButtonLink size="small" href={one.path}>
            Go there
          </ButtonLink>
          <ButtonLink size="small" href={othersHref}>
            All from there
          </ButtonLink>
        </div>
        <Outcome one={one} acts={acts} />
      </div>
    </DetailPanel>
  )
}
