'use client'
import { useState } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { useChosen } from '@/components/data-table/use-chosen'
import { Checkbox } from '@/components/ui/checkbox'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { CampaignItemResource, OutcomeResource } from '@/lib/retirement/operations'
import { AnswerDialog } from './answer-dialog'
import { assetName } from './asset-words'
import { ChoosableName } from './choosable-name'
import { Outcomes } from './outcomes'

interface CampaignItemsProps {
  campaign: string
  items: readonly CampaignItemResource[]
  isOpen: boolean
}

const columns: TableColumn[] = [
  { id: 'name', header: 'Name', width: '300px', fixed: true, phone: 'first' },
  { id: 'team', header: 'Owner', width: '140px', phone: 'second' },
  { id: 'because', header: 'When it was asked', width: '200px', from: 'lg' },
  { id: 'answer', header: 'Answer', grow: true, phone: 'second' },
]

const done = { keep: 'kept', deprecate: 'deprecated', archive: 'archived' } as const

function Answer({ item }: { item: CampaignItemResource }) {
  const { answer, reason, answered_by: by, answered_at: at, failure } = item
  if (answer === null)
    return failure === null ? (
      <span className="text-muted">no answer yet</span>
    ) : (
      <span className="block whitespace-normal py-1">
        <StateWord state="warn">refused</StateWord> {failure}
      </span>
    )
  return (
    <span className="block whitespace-normal py-1">
      <StateWord state="ok">{done[answer]}</StateWord> {reason}{' '}
      <span className="text-12 text-muted">
        {by}
        {at === null ? null : (
          <>
            , <Time at={at} relative />
          </>
        )}
      </span>
    </span>
  )
}

/** What each owner answered, and the answers that are still to be given. */
export function CampaignItems({ campaign, items, isOpen }: CampaignItemsProps) {
  const open = items.filter(({ answer }) => isOpen && answer === null)
  const chosen = useChosen(open.map(({ id }) => id))
  const [results, setResults] = useState<OutcomeResource[]>([])
  const picked = open.filter(({ id }) => chosen.has(id))
  const answered = (outcomes: OutcomeResource[]) => {
    setResults(outcomes)
    chosen.clear()
  }
  return (
    <div className="flex flex-col gap-3">
      <Outcomes results={results} />
      <DataTable
        label="Items"
        columns={columns}
        rows={items.map((item) => ({
          id: item.id,
          href: assetHref(item.kind, item.name),
          cells: {
            name: (
              <ChoosableName
                name={assetName(item)}
                href={assetHref(item.kind, item.name)}
                chosen={open.includes(item) ? chosen.has(item.id) : null}
                onToggle={() => chosen.toggle(item.id)}
              />
            ),
            team: item.owner_team,
            because: item.because,
            answer: <Answer item={item} />,
          },
        }))}
        toolbar={
          open.length > 0 ? (
            <div className="flex flex-wrap items-center gap-2">
              <Checkbox
                label={picked.length === 0 ? 'Choose all that wait' : `${picked.length} chosen`}
                checked={picked.length === open.length}
                indeterminate={picked.length > 0 && picked.length < open.length}
                onChange={(event) => chosen.all(event.target.checked)}
              />
              {(['keep', 'deprecate', 'archive'] as const).map((answer) => (
                <AnswerDialog
                  key={answer}
                  campaign={campaign}
                  answer={answer}
                  items={picked}
                  onDone={answered}
                />
              ))}
            </div>
          ) : undefined
        }
      />
    </div>
  )
}
