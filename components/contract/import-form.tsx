'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { WasThisHard } from '@/components/feedback/was-this-hard'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { toRoute } from '@/components/ui/route'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { ImportMode, OdcsImportResource } from '@/lib/contracts/operations'
import { changeWords, termWord } from './contract-words'
import { ImportModes, ModeOutcomes } from './import-modes'

interface ImportFormProps {
  group: string
  version: number
  /** Where the contract is shown. */
  href: string
}

const shownNothing = 'nothing'

function Preview({ preview }: { preview: OdcsImportResource }) {
  const { change, changes, features, not_enforced: rest } = preview
  return (
    <Callout
      tone={change === 'less' ? 'warn' : 'note'}
      title={
        changes.length === 0 && change !== 'first'
          ? 'It changes nothing'
          : `It ${changeWords[change].replace(/^the first$/, 'is the first contract')}`
      }
    >
      <ModeOutcomes modes={preview.modes} />
      {changes.length > 0 ? (
        <ul className="list-disc pl-4">
          {changes.map(({ term, old, new: now }) => (
            <li key={term}>
              {termWord(term)}: {old ?? shownNothing} → {now ?? shownNothing}
            </li>
          ))}
        </ul>
      ) : null}
      {features.length > 0 ? (
        <>
          <p className="mt-2 font-medium">
            Terms of features that differ: a new version of the group takes them in
          </p>
          <ul className="list-disc pl-4">
            {features.map(({ feature, term, now, document }) => (
              <li key={`${feature} ${term}`}>
                <span className="font-mono">{feature}</span> {term.replaceAll('_', ' ')}:{' '}
                {now ?? shownNothing} → {document ?? shownNothing}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {rest.length > 0 ? (
        <>
          <p className="mt-2 font-medium">Kept, and not enforced</p>
          <ul className="list-disc pl-4">
            {rest.map(({ path, line, reason }) => (
              <li key={path}>
                {line === null ? null : `line ${line}: `}
                <span className="font-mono break-all">{path}</span>: {reason}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Callout>
  )
}

/** Reads a document of the standard: first what it would change, then, asked again, as the next contract. */
export function ImportForm({ group, version, href }: ImportFormProps) {
  const router = useRouter()
  const [text, setText] = useState('')
  const [mode, setMode] = useState<ImportMode>('merge')
  const [seen, setSeen] = useState<{ text: string; preview: OdcsImportResource } | null>(null)
  const act = useMutation<OdcsImportResource, ProblemError, { apply: boolean; mode: ImportMode }>({
    mutationFn: async (asked) => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/contract/import`
      const body = { version, document: text, ...asked }
      return (await request<OdcsImportResource>(path, { method: 'POST', body })).data
    },
    onSuccess: (preview, { apply }) => {
      setSeen({ text, preview })
      if (!apply) return
      router.push(toRoute(href))
      router.refresh()
    },
  })
  const faults = faultsOf(act.error, (path) => path === 'document')
  const shown = seen?.text === text && seen.preview.mode === mode ? seen.preview : null
  const chosen = shown?.modes.find((one) => one.mode === mode)
  const choose = (next: ImportMode) => {
    setMode(next)
    if (shown) act.mutate({ apply: false, mode: next })
  }
  return (
    <form
      className="flex max-w-3xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ apply: false, mode })
      }}
    >
      <Field
        label="Document"
        hint="YAML of the Open Data Contract Standard 3. Nothing in it is executed."
        error={faults.fields.document}
      >
        <Textarea mono rows={8} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <ImportModes mode={mode} onChange={choose} />
      <FormErrors messages={faults.form} />
      {shown ? <Preview preview={shown} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" disabled={text.trim() === ''} pending={act.isPending}>
          Show what it changes
        </Button>
        {chosen?.refused === null ? (
          <Button variant="primary" pending={act.isPending} onClick={() => act.mutate({ apply: true, mode })}>
            Propose and sign
          </Button>
        ) : null}
      </div>
      <WasThisHard kind="form" form="Show what it changes" requestId={faults.requestId} />
    </form>
  )
}
