'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { MarkedProse } from '@/components/ui/marked-prose'
import { type ProblemError, request } from '@/lib/api-client'
import type { NoticeKind, PreferenceResource } from '@/lib/notify/operations'
import { kindWords } from './words'

interface Change {
  kind: NoticeKind
  on: boolean
}

/** A switch for each kind; one that stays on says why. What was set is in force at once. */
export function Preferences({ preferences }: { preferences: readonly PreferenceResource[] }) {
  const [now, setNow] = useState(preferences)
  const set = useMutation<readonly PreferenceResource[], ProblemError, Change>({
    mutationFn: async ({ kind, on }) => {
      const path = `/api/v1/notification-preferences/${kind}`
      const { data } = await request<{ data: PreferenceResource[] }>(path, { method: 'PUT', body: { on } })
      return data.data
    },
    onSuccess: setNow,
  })
  return (
    <div className="flex max-w-180 flex-col gap-3">
      {set.error ? (
        <Callout tone="fail">
          <MarkedProse text={set.error.problem.detail} />
        </Callout>
      ) : null}
      <ul className="border-t">
        {now.map(({ kind, on, may_turn_off: mayTurnOff }) => (
          <li key={kind} className="border-b py-2">
            <Checkbox
              label={kindWords[kind].many}
              hint={mayTurnOff ? kindWords[kind].when : `${kindWords[kind].when} This stays on.`}
              checked={on}
              disabled={!mayTurnOff || set.isPending}
              onChange={(event) => set.mutate({ kind, on: event.target.checked })}
            />
          </li>
        ))}
      </ul>
      <p className="prose text-12 text-muted">
        What has to be acknowledged comes whatever is set here: somebody waits to know that you have read it.
      </p>
    </div>
  )
}
