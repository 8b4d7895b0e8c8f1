'use client'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { PagePreview } from '@/components/asset-form/asset-form'
import { faultsOf } from '@/components/forms/problem-fields'
import type { Kind } from '@/components/icons/kind-glyph'
import type { FormRules } from '@/components/rules/said'
import { toRoute } from '@/components/ui/route'
import { request } from '@/lib/api-client'
import { changedMembers } from './changed-members'
import { type EditField, EditFields } from './edit-fields'
import { EditFrame } from './edit-frame'
import type { Values } from './merge'
import { useEdit } from './use-edit'
import { WillDiffer } from './will-differ'

export interface EditableAsset<R> {
  /** Names the draft, and the glyph where there is one. */
  kind: Kind | 'domain' | 'term'
  /** Of the interface and of the portal, e.g. `/api/v1/entities` and `/entities`. */
  path: string
  page: string
  fieldsOf: (read: R) => readonly EditField[]
  valuesOf: (read: R) => Record<string, string>
  /** All members of the PATCH; only those in which something differs are sent. */
  bodyOf: (values: Values, read: R) => Record<string, unknown>
  /** What is still needed before it can be saved; null: nothing. */
  waitsFor?: (values: Values, read: R) => string | null
  /** Under the fields. */
  below?: (values: Values) => ReactNode
}

export interface EditAssetProps<R> {
  read: R
  teams: readonly string[]
  rules: FormRules
}

/** Changes what is said of an asset: fields, whom it belongs to; who was slower is shown what the other one changed. */
export function EditAssetForm<R extends { name: string; etag: string }>({
  of,
  read,
  teams,
  rules,
}: EditAssetProps<R> & { of: EditableAsset<R> }) {
  const router = useRouter()
  const path = `${of.path}/${encodeURIComponent(read.name)}`
  const page = `${of.page}/${encodeURIComponent(read.name)}`
  const fields = of.fieldsOf(read)
  const labels = Object.fromEntries(fields.map(({ name, label }) => [name, label]))
  const wordOf = (field: string) => labels[field] ?? field.replace(/^\w+\./, '').replaceAll('_', ' ')
  const edit = useEdit<R, R>({
    draft: `edit.${of.kind}.${read.name}`,
    everywhere: true,
    read,
    path,
    valuesOf: of.valuesOf,
    etagOf: ({ etag }) => etag,
    save: async (values, etag, base) => {
      const body = changedMembers(of.bodyOf(values, read), values, base)
      return (await request<R>(path, { method: 'PATCH', body, headers: { 'if-match': etag } })).data
    },
    onSaved: () => {
      router.push(toRoute(page))
      router.refresh()
    },
  })
  const faults = faultsOf(edit.error, (at) => Object.hasOwn(labels, at))
  const { kind } = of
  const shown = fields.filter(({ name }) => name !== 'description')
  return (
    <EditFrame
      edit={edit}
      page={page}
      faults={faults}
      labels={labels}
      wordOf={wordOf}
      waitsFor={of.waitsFor?.(edit.values, read) ?? null}
      preview={
        <PagePreview
          {...(kind === 'domain' || kind === 'term' ? {} : { kind })}
          name={read.name}
          description={edit.values.description ?? ''}
          facts={shown.map(({ name, label }) => ({ term: label, value: edit.values[name] || 'not stated' }))}
        >
          <WillDiffer values={edit.values} base={edit.base} wordOf={wordOf} />
        </PagePreview>
      }
    >
      <EditFields
        fields={fields}
        values={edit.values}
        change={edit.change}
        errors={faults.fields}
        teams={teams}
        domains={rules.domains}
      />
      {of.below?.(edit.values)}
    </EditFrame>
  )
}
