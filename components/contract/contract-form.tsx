'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Restored } from '@/components/forms/draft-store'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { faultsOf } from '@/components/forms/problem-fields'
import { RestoredNote } from '@/components/forms/restored-note'
import { useDraft } from '@/components/forms/use-draft'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { toRoute } from '@/components/ui/route'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { ContractVersionResource } from '@/lib/contracts/operations'
import { type ContractDraft, draftOf, readContractDraft, termsOf, textsOf } from './form-model'
import { TermsPart } from './terms-part'
import { WordsPart } from './words-part'

interface ContractFormProps {
  group: string
  version: number
  /** What the next one begins as. */
  current: ContractVersionResource | null
  /** Number of the newest contract, whatever became of it. */
  follows: number
  /** A reader asks for terms, for one of these services; null: the owner proposes. */
  services: readonly string[] | null
  /** Where the contract is shown. */
  href: string
}

const fieldsOf = (path: string) =>
  /^terms\.(freshness\.(max_age|by)|rows(\.per_(commit|day))?|checks|unique|null_share|freshness)/.test(
    path,
  ) || ['purpose', 'service_level', 'support', 'limitations', 'reason', 'service'].includes(path)

/** Proposes the next contract, or asks the owner for terms. */
export function ContractForm({ group, version, current, follows, services, href }: ContractFormProps) {
  const router = useRouter()
  const isAsk = services !== null
  const [first] = useState(() => draftOf(isAsk ? null : current, services?.[0] ?? ''))
  const [draft, setDraft] = useState<ContractDraft>(first)
  const [restored, setRestored] = useState<Restored | null>(null)
  const startOver = () => {
    kept.clear()
    setDraft(first)
    setRestored(null)
  }
  const kept = useDraft({
    name: `contract.${isAsk ? 'ask' : 'propose'}.${group}.${version}`,
    value: draft === first ? null : draft,
    parse: readContractDraft,
    everywhere: true,
    onRestore: (found) => {
      setDraft(found.value)
      setRestored(found)
    },
  })
  const set = (change: Partial<ContractDraft>) => setDraft((now) => ({ ...now, ...change }))
  const base = `/api/v1/feature-groups/${encodeURIComponent(group)}/contract`
  const act = useMutation<unknown, ProblemError>({
    mutationFn: () => {
      const reason = draft.reason.trim()
      const own = isAsk
        ? { service: draft.service, reason }
        : { ...textsOf(draft), follows, ...(reason === '' ? {} : { reason }) }
      const body = { version, terms: termsOf(draft), ...own }
      return request(`${base}/${isAsk ? 'expectations' : 'versions'}`, { method: 'POST', body })
    },
    onSuccess: () => {
      kept.clear()
      router.push(toRoute(href))
      router.refresh()
    },
  })
  const faults = faultsOf(act.error, fieldsOf)
  return (
    <form
      className="flex max-w-3xl flex-col gap-8"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate()
      }}
    >
      <RestoredNote restored={restored} onStartOver={startOver} />
      {isAsk ? (
        <Field label="For the service" error={faults.fields.service}>
          <Select
            mono
            options={services}
            value={draft.service}
            onChange={(event) => set({ service: event.target.value })}
          />
        </Field>
      ) : null}
      <TermsPart draft={draft} set={set} faults={faults.fields} />
      {isAsk ? null : <WordsPart draft={draft} set={set} faults={faults.fields} />}
      <Field
        label="Reason"
        optional={!isAsk}
        hint={isAsk ? 'The owner decides by it.' : 'Those who sign read it.'}
        error={faults.fields.reason}
      >
        <Textarea
          rows={2}
          maxLength={2000}
          value={draft.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
      </Field>
      <FormErrors messages={faults.form} />
      <FormFoot form={isAsk ? 'Ask the owner' : 'Propose and sign'} requestId={faults.requestId}>
        <Button type="submit" variant="primary" pending={act.isPending}>
          {isAsk ? 'Ask the owner' : 'Propose and sign'}
        </Button>
        <p className="min-w-0 text-12 text-muted">
          {isAsk
            ? 'Accepted, the terms stand in a new contract.'
            : 'It holds at once, unless it promises less than the one before: then those who signed that are asked first.'}
        </p>
      </FormFoot>
    </form>
  )
}
