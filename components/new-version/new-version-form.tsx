'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { changedMembers } from '@/components/edit/changed-members'
import type { Values } from '@/components/edit/merge'
import { RaceLine, TheirsNote } from '@/components/edit/theirs-note'
import { useEdit } from '@/components/edit/use-edit'
import { FaultLines, FaultSummary } from '@/components/forms/fault-summary'
import { gridErrors } from '@/components/forms/feature-grid'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { GridEditor } from '@/components/forms/grid-editor'
import type { GridRow } from '@/components/forms/grid-model'
import { faultsOf } from '@/components/forms/problem-fields'
import { RestoredNote } from '@/components/forms/restored-note'
import { featureClasses } from '@/components/register/strictest-of'
import { classifications, types } from '@/components/register/use-register'
import { reviewHref } from '@/components/review/place'
import { missingPurpose, strictestClass, strictestFeature } from '@/components/rules/mandatory-words'
import { nameFault } from '@/components/rules/name-check'
import { type FormRules, nothingSaid, saidBody } from '@/components/rules/said'
import { PurposeFields, saidLabels } from '@/components/rules/said-fields'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toRoute } from '@/components/ui/route'
import { request } from '@/lib/api-client'
import type { AddedVersionResource, GroupResource, ImpactResource } from '@/lib/registry/operations'
import { noFieldRules } from '@/lib/registry/plain'
import { ChangeSummary } from './change-summary'
import { DefinitionPart } from './definition-part'
import { definitionWords } from './definition-values'
import { TransformationPart } from './transformation-part'
import { usePreview } from './use-preview'
import {
  fieldWord,
  purposeValues,
  rowsOfGroup,
  rowsOfValues,
  shownValue,
  valuesBesideRows,
  valuesOfRows,
  valuesOfVersion,
  versionBody,
  versionColumns,
} from './version-values'

interface NewVersionFormProps {
  group: GroupResource
  impact: ImpactResource
  rules: FormRules
  sources: readonly string[]
}

const labels: Record<string, string> = {
  ...definitionWords,
  ...saidLabels,
  transformation: 'SQL',
  features: 'Features',
  reason: 'Reason',
}

const isField = (path: string) =>
  Object.hasOwn(labels, path) || /^features\.\d+(\.(contract\.)?\w+)?$/.test(path)

/** Purpose and lawful basis belong to the group: they are said of it first, and the version follows on that. */
async function sayPurpose(path: string, { values, base }: { values: Values; base: Values }, etag: string) {
  const { purposes, lawful_basis: lawfulBasis } = saidBody(
    { ...nothingSaid, purposes: values.purposes ?? '', lawfulBasis: values.lawful_basis ?? '' },
    noFieldRules,
  )
  const body = changedMembers({ purposes, lawful_basis: lawfulBasis }, values, base)
  if (Object.keys(body).length === 0) return etag
  const options = { method: 'PATCH', body, headers: { 'if-match': etag } } as const
  return (await request<GroupResource>(path, options)).data.etag
}

const isSame = (one: Values, other: Values) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([field, value]) => other[field] === value)

/** The grid and its values move together; what comes from elsewhere (a draft, somebody else) makes the grid anew. */
function useVersionEdit({ group }: NewVersionFormProps) {
  const router = useRouter()
  const columns = versionColumns(types, classifications, group)
  const [rows, setRows] = useState<GridRow[]>(() => rowsOfGroup(group, columns))
  const [reason, setReason] = useState('')
  const path = `/api/v1/feature-groups/${encodeURIComponent(group.name)}`
  const edit = useEdit<GroupResource, AddedVersionResource>({
    draft: `version.${group.name}`,
    everywhere: true,
    read: group,
    path,
    valuesOf: valuesOfVersion,
    etagOf: ({ etag }) => etag,
    save: async (values, etag, base) => {
      const because = reason.trim() ? { reason: reason.trim() } : {}
      const basedOn = await sayPurpose(path, { values, base }, etag)
      const body = { ...versionBody(rows, { values, base }, group), ...because, based_on: basedOn }
      return (await request<AddedVersionResource>(`${path}/versions`, { method: 'POST', body })).data
    },
    onSaved: (added) => {
      const page = `/groups/${encodeURIComponent(group.name)}`
      router.push(toRoute(added.state === 'draft' ? reviewHref(group.name, added.version) : page))
      router.refresh()
    },
  })
  useEffect(() => {
    const beside = valuesBesideRows(edit.values)
    if (isSame(valuesOfRows(rows, beside), edit.values)) return
    setRows(rowsOfValues(edit.values, columns))
  }, [edit.values, rows, columns])
  const changeRows = (next: GridRow[]) => {
    setRows(next)
    edit.replace(valuesOfRows(next, valuesBesideRows(edit.values)))
  }
  return { edit, columns, rows, changeRows, reason, setReason }
}

/** Asked for as soon as the group, or a line of the grid, is confidential and it was never said. */
function PurposePart({
  edit,
  rows,
  group,
  rules,
  errors,
}: {
  edit: ReturnType<typeof useVersionEdit>['edit']
  rows: readonly GridRow[]
  group: GroupResource
  rules: FormRules
  errors: Readonly<Record<string, string>>
}) {
  const features = featureClasses(rows)
  const strictest = strictestClass([group.classification, ...features.map((one) => one.classification)])
  const saidOfGroup = purposeValues(group)
  const was = { purposes: saidOfGroup.purposes ?? '', lawfulBasis: saidOfGroup.lawful_basis ?? '' }
  if (missingPurpose(rules.fields, was, strictest).length === 0) return null
  const { purposes = '', lawful_basis: lawfulBasis = '' } = edit.values
  return (
    <section aria-label="Purpose" className="flex max-w-140 flex-col gap-4">
      <PurposeFields
        said={{ purposes, lawfulBasis }}
        change={(part) =>
          edit.change({
            ...(part.purposes === undefined ? {} : { purposes: part.purposes }),
            ...(part.lawfulBasis === undefined ? {} : { lawful_basis: part.lawfulBasis }),
          })
        }
        errors={errors}
        rules={rules}
        classification={strictest}
        because={strictestFeature(group.classification, features)}
      />
    </section>
  )
}

/** Changes the features of a group: what it becomes, what breaks and who is hit is told while it is typed. */
export function NewVersionForm(props: NewVersionFormProps) {
  const { group, impact, rules } = props
  const { edit, columns, rows, changeRows, reason, setReason } = useVersionEdit(props)
  const { preview, error } = usePreview(group.name, versionBody(rows, edit, group))
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
        <RestoredNote title="Your changes are back" restored={edit.restored} onStartOver={edit.startOver} />
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
            extraLabel="expressions and the contract"
            columns={columns}
            rows={rows}
            onChange={changeRows}
            errors={{ ...Object.fromEntries(named), ...errors }}
          />
          {rest.features ? <p className="text-12 text-fail">{rest.features}</p> : null}
        </section>
        <PurposePart edit={edit} rows={rows} group={group} rules={rules} errors={faults.fields} />
        <DefinitionPart
          group={group}
          values={edit.values}
          change={edit.change}
          errors={faults.fields}
          sources={props.sources}
        />
        <TransformationPart values={edit.values} change={edit.change} errors={faults.fields} />
        <div className="flex max-w-140 flex-col gap-4">
          <Field label="Reason" optional error={rest.reason} hint="Whoever reviews or reads later asks why.">
            <Input value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </div>
        <FormErrors messages={faults.form} />
        <FaultSummary title="Not saved" fields={edit.error ? faults.fields : {}} labels={labels} />
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
      <ChangeSummary
        group={group}
        preview={preview}
        hasFaults={error !== null}
        faults={
          <>
            {faults.form.join(' ')}
            <FaultLines fields={faults.fields} labels={labels} />
          </>
        }
        impact={impact}
      />
    </form>
  )
}
