'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { RestoredNote } from '@/components/edit/edit-frame'
import { RaceLine, TheirsNote } from '@/components/edit/theirs-note'
import { useEdit } from '@/components/edit/use-edit'
import { FaultSummary } from '@/components/forms/fault-summary'
import { gridErrors } from '@/components/forms/feature-grid'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { GridEditor } from '@/components/forms/grid-editor'
import type { GridRow } from '@/components/forms/grid-model'
import { faultsOf } from '@/components/forms/problem-fields'
import { classifications, types } from '@/components/register/use-register'
import { reviewHref } from '@/components/review/place'
import { nameFault } from '@/components/rules/name-check'
import type { FormRules } from '@/components/rules/said'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toRoute } from '@/components/ui/route'
import { request } from '@/lib/api-client'
import type { AddedVersionResource, GroupResource, ImpactResource } from '@/lib/registry/operations'
import { ChangeSummary } from './change-summary'
import { usePreview } from './use-preview'
import {
  fieldWord,
  rowsOfGroup,
  rowsOfValues,
  shownValue,
  valuesOfRows,
  valuesOfVersion,
  versionBody,
  versionColumns,
} from './version-values'

interface NewVersionFormProps {
  group: GroupResource
  impact: ImpactResource
  rules: FormRules
}

const isField = (path: string) =>
  ['ttl', 'features', 'reason'].includes(path) || /^features\.\d+(\.(contract\.)?\w+)?$/.test(path)

/** The grid and its values move together; what comes from elsewhere (a draft, somebody else) makes the grid anew. */
function useVersionEdit({ group }: NewVersionFormProps) {
  const router = useRouter()
  const columns = versionColumns(types, classifications, group)
  const [rows, setRows] = useState<GridRow[]>(() => rowsOfGroup(group, columns))
  const [reason, setReason] = useState('')
  const path = `/api/v1/feature-groups/${encodeURIComponent(group.name)}`
  const edit = useEdit<GroupResource, AddedVersionResource>({
    draft: `version.${group.name}`,
    read: group,
    path,
    valuesOf: valuesOfVersion,
    etagOf: ({ etag }) => etag,
    save: async (values, etag) => {
      const because = reason.trim() ? { reason: reason.trim() } : {}
      const body = { ...versionBody(rows, values.ttl ?? '', group), ...because, based_on: etag }
      return (await request<AddedVersionResource>(`${path}/versions`, { method: 'POST', body })).data
    },
    onSaved: (added) => {
      const page = `/groups/${encodeURIComponent(group.name)}`
      router.push(toRoute(added.state === 'draft' ? reviewHref(group.name, added.version) : page))
      router.refresh()
    },
  })
  const ttl = edit.values.ttl ?? ''
  useEffect(() => {
    if (JSON.stringify(valuesOfRows(rows, ttl)) === JSON.stringify(edit.values)) return
    setRows(rowsOfValues(edit.values, columns))
  }, [edit.values, rows, ttl, columns])
  const changeRows = (next: GridRow[]) => {
    setRows(next)
    edit.replace(valuesOfRows(next, ttl))
  }
  return { edit, columns, rows, changeRows, ttl, reason, setReason }
}

/** Changes the features of a group: what it becomes, what breaks and who is hit is told while it is typed. */
export function NewVersionForm(props: NewVersionFormProps) {
  const { group, impact, rules } = props
  const { edit, columns, rows, changeRows, ttl, reason, setReason } = useVersionEdit(props)
  const { preview, error } = usePreview(group.name, versionBody(rows, ttl, group))
  const faults = faultsOf(edit.error ?? error, isField)
  const { errors, rest } = gridErrors(faults.fields, 'features', rows)
  const known = new Set(group.features.map(({ name }) => name))
  const named = rows.flatMap(({ cells: { name = '' } }, at) => {
    const fault = known.has(name)
      ? undefined
      : nameFault(rules.naming, { kind: 'feature', name, team: group.owner_team })
    return fault === undefined ? [] : [[`${at}.name`, fault] as const]
  })
  const isReady = edit.undecided === 0 && preview !== null && preview.becomes !== 'nothing'
  const draft = group.versions.find(({ state }) => state === 'draft')
  return (
    <form
      className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_360px]"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) edit.save.mutate()
      }}
    >
      <div className="flex min-w-0 flex-col gap-6">
        <RestoredNote edit={edit} />
        {draft && group.state !== 'draft' ? (
          <Callout tone="warn" title={`Version ${draft.version} is a draft of ${draft.created_by}`}>
            A breaking change made here takes its place.
          </Callout>
        ) : null}
        <TheirsNote
          changed={edit.changed.map((one) => ({
            ...one,
            base: shownValue(one.field, one.base),
            mine: shownValue(one.field, one.mine),
            theirs: shownValue(one.field, one.theirs),
          }))}
          wordOf={fieldWord}
          decided={edit.decided}
          onChoose={(shown, side) => {
            const found = edit.changed.find(({ field }) => field === shown.field)
            if (found) edit.choose(found, side)
          }}
        />
        <section aria-labelledby="features-heading" className="min-w-0">
          <h2 id="features-heading" className="mb-2 font-medium text-15">
            Features
          </h2>
          <GridEditor
            label="Features"
            noun="feature"
            extraLabel="the contract"
            columns={columns}
            rows={rows}
            onChange={changeRows}
            errors={{ ...Object.fromEntries(named), ...errors }}
          />
          {rest.features ? <p className="text-12 text-fail">{rest.features}</p> : null}
        </section>
        <div className="flex max-w-140 flex-col gap-4">
          <Field
            label="Values are good for"
            optional
            error={rest.ttl}
            hint="ISO 8601, such as P30D; without limit when empty. Another one makes a new version."
          >
            <Input
              mono
              value={ttl}
              onChange={(event) => edit.replace({ ...edit.values, ttl: event.target.value })}
            />
          </Field>
          <Field label="Reason" optional error={rest.reason} hint="Whoever reviews or reads later asks why.">
            <Input value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </div>
        <FormErrors messages={faults.form} />
        <FaultSummary
          title="Not saved"
          fields={edit.error ? faults.fields : {}}
          labels={{ ttl: 'Values are good for', features: 'Features' }}
        />
        <FormFoot form="Save the change" requestId={faults.requestId}>
          <Button
            type="submit"
            variant="primary"
            pending={edit.save.isPending || edit.save.isSuccess}
            disabled={!isReady}
          >
            {preview?.change === 'breaking' ? `Make version ${preview.version}` : 'Save the change'}
          </Button>
          <ButtonLink href={`/groups/${encodeURIComponent(group.name)}`}>Leave as it is</ButtonLink>
          <RaceLine undecided={edit.undecided} changed={edit.changed.length} />
        </FormFoot>
      </div>
      <ChangeSummary group={group} preview={preview} hasFaults={error !== null} impact={impact} />
    </form>
  )
}
