'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { plural } from '@/components/ui/format-number'
import { Textarea } from '@/components/ui/textarea'
import { Time } from '@/components/ui/time'
import type { CommitResource } from '@/lib/ingestion/operations'
import { useCommit, useReaders, useRevert } from './use-commit'

interface RevertDialogProps {
  commit: CommitResource
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Whom it reaches, as far as it is known yet. */
function Readers({ commit }: { commit: CommitResource }) {
  const { data, error } = useReaders(commit, true)
  if (error) return <li>Who reads it could not be looked up.</li>
  if (!data) return <li className="text-muted">Looking up who reads it.</li>
  const services = data.services.map(({ name }) => name)
  const consumers = plural(data.consumers.length, 'consumer')
  return (
    <li>
      {services.length > 0 ? (
        <>
          {plural(services.length, 'service')} (
          <span className="font-mono">{services.slice(0, 5).join(', ')}</span>
          {services.length > 5 ? ' …' : ''}) and{' '}
        </>
      ) : null}
      {consumers} of the last 30 days read other values from then on.
    </li>
  )
}

/** "3 rows of 2 keys leave". */
const rowsWords = (rows: number, keys: number | null, one: string, many: string): string =>
  `${plural(rows, 'row')}${keys === null ? '' : ` of ${plural(keys, 'key')}`} ${rows === 1 ? one : many}`

function onlineWords({ online, kind }: CommitResource): string {
  if (online === 'not_online') return 'The group has no online store.'
  if (kind === 'revert') return 'Keys get their rows online again where these are the newest.'
  if (online === 'offline_only')
    return 'Of its rows only those that a materialization has brought online leave there.'
  return 'Each of these keys gets online the newest row that is left, or none.'
}

function Effects({ commit }: { commit: CommitResource }) {
  const isBack = commit.kind === 'revert'
  const { data } = useCommit(commit, !isBack)
  return (
    <ul className="list-disc pl-5">
      <li>
        {isBack
          ? `${rowsWords(commit.reverts?.rows ?? 0, null, 'comes', 'come')} back to every read from now on.`
          : `${rowsWords(commit.rows, data?.change?.keys ?? null, 'leaves', 'leave')} every read from now on. A read with an earlier known_at still finds what was there.`}
      </li>
      <li>{onlineWords(commit)}</li>
      <Readers commit={commit} />
      <li>
        {isBack
          ? 'The commit can be reverted again.'
          : 'A revert can be taken back: then the rows are there again.'}
      </li>
    </ul>
  )
}

/** Says what a revert does and to whom, asks why, and does it. */
export function RevertDialog({ commit, open, onOpenChange }: RevertDialogProps) {
  const router = useRouter()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const isBack = commit.kind === 'revert'
  const revert = useRevert(commit, () => {
    onOpenChange(false)
    void queries.invalidateQueries({ queryKey: ['commit', commit.group] })
    router.refresh()
  })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={isBack ? 'Take the revert back' : 'Revert this commit'}
      description={
        <>
          <span className="font-mono">{commit.group}</span>@{commit.version}, commit of{' '}
          <Time at={commit.created} precision="second" /> by {commit.by.name}
        </>
      }
      footer={
        <Button
          variant={isBack ? 'primary' : 'danger'}
          pending={revert.isPending}
          disabled={reason.trim() === ''}
          onClick={() => revert.mutate(reason)}
        >
          {isBack ? 'Bring the rows back' : 'Revert'}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Effects commit={commit} />
        <Field label="Reason" hint="Kept beside the commit and in the audit log.">
          <Textarea rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {revert.error ? <ErrorState title="Nothing was changed" problem={revert.error.problem} /> : null}
      </div>
    </Dialog>
  )
}
