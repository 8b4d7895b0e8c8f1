'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type ProblemError, request } from '@/lib/api-client'
import type { ChangeSetAct, ChangeSetResource } from '@/lib/governance/operations'
import type { ActWords } from './act-words'
import { DecisionDialog } from './decision-dialog'

const setActWords: Record<ChangeSetAct['act'], Omit<ActWords, 'title'>> = {
  approve: {
    label: 'Approve',
    effects: ['All of its versions are approved, or none.'],
    undo: 'An approval is not taken back; versions can be deprecated.',
    reason: 'optional',
    shortcut: 'a',
  },
  request_changes: {
    label: 'Request changes',
    effects: ['All of its versions are drafts again, and their authors see the reason.'],
    undo: 'They can be submitted again.',
    reason: 'required',
    shortcut: 'r',
  },
  reject: {
    label: 'Reject',
    effects: ['None of its versions can be submitted again; all stay in the history.'],
    undo: 'A rejection is not taken back.',
    reason: 'required',
    shortcut: 'x',
  },
  withdraw: {
    label: 'Withdraw',
    effects: ['All of its versions are drafts again, and leave the queue of their reviewers.'],
    undo: 'They can be submitted again.',
    reason: 'required',
  },
}

interface SetActButtonProps {
  set: Pick<ChangeSetResource, 'id' | 'title' | 'etag'>
  act: ChangeSetAct
  primary: boolean
}

function useSetAct({ set, act }: SetActButtonProps) {
  const router = useRouter()
  return useMutation<ChangeSetResource, ProblemError, string>({
    mutationFn: async (reason) => {
      const path = `/api/v1/change-sets/${encodeURIComponent(set.id)}/${act.act.replace('_', '-')}`
      const { data } = await request<ChangeSetResource>(path, {
        method: 'POST',
        headers: { 'if-match': set.etag },
        body: reason === '' ? {} : { reason },
      })
      return data
    },
    // What moved on is shown behind the dialog; the reason stays typed.
    onSettled: () => router.refresh(),
  })
}

/** One act on a change set: says what it does, takes a reason, and does it. */
export function SetActButton(props: SetActButtonProps) {
  const { set, act, primary } = props
  const words = setActWords[act.act]
  return (
    <DecisionDialog
      words={{ ...words, title: `${words.label}: ${set.title}` }}
      primary={primary}
      disabledBecause={act.allowed ? undefined : act.rule}
      hint="Stands in each version’s history and in the audit log."
      name={`${set.id}.${act.act}`}
      act={useSetAct(props)}
    />
  )
}
