'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { toRoute } from '@/components/ui/route'
import { request } from '@/lib/api-client'
import type { VersionResource } from '@/lib/registry/operations'
import type { ActWords } from './act-words'
import { DecisionDialog } from './decision-dialog'
import { reviewHref } from './place'

interface ActButtonProps {
  group: string
  version: number
  /** Last part of the act's address. */
  act: string
  environment: string | null
  words: ActWords
  primary: boolean
  /** Of the review as it is shown: a decision on what moved on is refused. */
  etag: string
  /** Why it cannot be done now. */
  disabledBecause?: string
}

const decisions = ['approve', 'request_changes', 'reject', 'withdraw']

function useAct({ group, version, act, environment, etag }: ActButtonProps) {
  const router = useRouter()
  return useMutation({
    mutationFn: async (reason: string) => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/${act.replace('_', '-')}`
      const { data } = await request<VersionResource>(path, {
        method: 'POST',
        query: { environment },
        ...(decisions.includes(act) ? { headers: { 'if-match': etag } } : {}),
        body: { ...(reason === '' ? {} : { reason }), ...(environment ? { environment } : {}) },
      })
      return data
    },
    // What moved on is shown behind the dialog; the reason stays typed.
    onError: () => router.refresh(),
    onSuccess: (after) => {
      // A compatible change has become a revision of the version before it.
      if (after.version !== version) router.replace(toRoute(reviewHref(group, after.version)))
      else router.refresh()
    },
  })
}

/** One act on a version: says what it does, takes a reason, and does it. */
export function ActButton(props: ActButtonProps) {
  return (
    <DecisionDialog
      words={props.words}
      primary={props.primary}
      disabledBecause={props.disabledBecause}
      hint="Stands in the version’s history and in the audit log."
      name={`${props.group}.${props.version}.${props.act}`}
      act={useAct(props)}
    />
  )
}
