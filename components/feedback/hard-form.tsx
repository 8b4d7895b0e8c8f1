'use client'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { draftText } from '@/components/forms/draft-store'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { useDraft } from '@/components/forms/use-draft'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { FeedbackResource } from '@/lib/feedback/operations'
import { mostSaid } from '@/lib/feedback/plain'
import { keptFor } from './feedback-words'
import type { HardPlace } from './hard-place'

interface HardFormProps extends HardPlace {
  onClose: () => void
}

function Kept({ told }: { told: FeedbackResource }) {
  return (
    <p role="status" className="max-w-[68ch] border-hairline border-l-2 px-3 py-1 text-12">
      Kept for {keptFor(told)}. See{' '}
      <Link className="link" href={toRoute(`/settings/feedback?open=${told.id}`)}>
        what becomes of it
      </Link>{' '}
      under Settings, Feedback; you are told when it is closed.
    </p>
  )
}

/** What goes along by itself; nothing that was typed into the form does. */
function Along({ path, form, requestId }: { path: string } & Pick<HardFormProps, 'form' | 'requestId'>) {
  return (
    <>
      Goes along: where you are, <code className="font-mono [overflow-wrap:anywhere]">{path}</code>
      {form ? `, the form “${form}”` : null}
      {requestId ? (
        <>
          , request <code className="font-mono [overflow-wrap:anywhere]">{requestId}</code>
        </>
      ) : null}
      .{form ? ' Nothing that you typed into the form does.' : null}
    </>
  )
}

/** What was hard, in a few words. It stands inside other forms, so it is none itself. */
export function HardForm({ kind, form, requestId, onClose }: HardFormProps) {
  const path = usePathname()
  const [said, setSaid] = useState('')
  const draft = useDraft({
    name: `feedback.${path}`,
    value: said === '' ? null : said,
    parse: draftText,
    onRestore: ({ value }) => setSaid(value),
  })
  const tell = useMutation<FeedbackResource, ProblemError>({
    mutationFn: async () => {
      const body = { kind, said: said.trim(), path, form, request_id: requestId }
      return (await request<FeedbackResource>('/api/v1/feedback', { method: 'POST', body })).data
    },
    onSuccess: draft.clear,
  })
  if (tell.data) return <Kept told={tell.data} />
  const faults = faultsOf(tell.error, (at) => at === 'said')
  const isReady = said.trim() !== '' && !tell.isPending
  return (
    <section aria-label="Was this hard?" className="flex max-w-140 flex-col gap-2 border-l-2 pl-3">
      <Field
        label="What was hard?"
        aside={said.length > mostSaid - 200 ? `${formatCount(mostSaid - said.length)} left` : undefined}
        error={faults.fields.said}
        hint={<Along path={path} form={form} requestId={requestId} />}
      >
        <Textarea
          rows={3}
          maxLength={mostSaid}
          value={said}
          autoFocus
          onChange={(event) => setSaid(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose()
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && isReady) tell.mutate()
          }}
        />
      </Field>
      <FormErrors messages={faults.form} />
      {tell.error?.problem.status === 401 ? (
        <p className="text-12">
          <Link className="link" href={toRoute(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)}>
            Sign in again
          </Link>
          : what you typed is kept in this browser.
        </p>
      ) : null}
      {draft.kept ? null : <p className="text-warn">This browser keeps no drafts: do not reload.</p>}
      <div className="flex flex-wrap gap-2">
        <Button size="small" pending={tell.isPending} disabled={!isReady} onClick={() => tell.mutate()}>
          Send
        </Button>
        <Button size="small" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </section>
  )
}
