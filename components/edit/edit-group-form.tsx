'use client'
import { useRouter } from 'next/navigation'
import { faultsOf } from '@/components/forms/problem-fields'
import { classifications } from '@/components/register/use-register'
import { strictestClass, strictestFeature } from '@/components/rules/mandatory-words'
import type { FormRules } from '@/components/rules/said'
import { SaidFields, saidLabels } from '@/components/rules/said-fields'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toRoute } from '@/components/ui/route'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { request } from '@/lib/api-client'
import type { GroupResource } from '@/lib/registry/operations'
import { ClassificationImpact } from './classification-impact'
import { EditFrame } from './edit-frame'
import { EditPreview } from './edit-preview'
import { groupBody, saidOfValues, valuesOfGroup, valuesOfSaid } from './group-values'
import { useEdit } from './use-edit'

const labels: Record<string, string> = {
  description: 'Meaning',
  owner_team: 'Owner',
  classification: 'Classification',
  tags: 'Tags',
  cadence: 'Rows are expected every',
  note: 'Note',
  ...saidLabels,
}

const wordOf = (field: string) => labels[field] ?? field.replace(/^custom\./, '').replaceAll('_', ' ')
const isField = (path: string) => Object.hasOwn(labels, path) || /^custom\.\w+$/.test(path)

interface EditGroupFormProps {
  group: GroupResource
  teams: readonly string[]
  rules: FormRules
}

/** Changes what is said of a group; its schema changes by a new version. */
export function EditGroupForm({ group, teams, rules }: EditGroupFormProps) {
  const router = useRouter()
  const path = `/api/v1/feature-groups/${encodeURIComponent(group.name)}`
  const page = `/groups/${encodeURIComponent(group.name)}`
  const edit = useEdit<GroupResource, GroupResource>({
    draft: `edit.${group.name}`,
    everywhere: true,
    read: group,
    path,
    valuesOf: valuesOfGroup,
    etagOf: ({ etag }) => etag,
    save: async (values, etag, base) => {
      const body = groupBody(values, base, rules)
      const options = { method: 'PATCH', body, headers: { 'if-match': etag } } as const
      return (await request<GroupResource>(path, options)).data
    },
    onSaved: () => {
      router.push(toRoute(page))
      router.refresh()
    },
  })
  const { values } = edit
  const faults = faultsOf(edit.error, isField)
  const text = (field: string) => ({
    value: values[field] ?? '',
    onChange: (event: { target: { value: string } }) => edit.change({ [field]: event.target.value }),
  })
  const strictest = strictestClass([
    values.classification,
    ...group.features.map(({ classification }) => classification ?? undefined),
  ])
  const said = saidOfValues(values)
  return (
    <EditFrame
      edit={edit}
      page={page}
      faults={faults}
      labels={labels}
      wordOf={wordOf}
      preview={<EditPreview group={group} values={values} base={edit.base} wordOf={wordOf} />}
    >
      <Field label={wordOf('description')} error={faults.fields.description}>
        <Textarea rows={4} {...text('description')} />
      </Field>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label={wordOf('owner_team')} error={faults.fields.owner_team}>
          <Select options={[...new Set([group.owner_team, ...teams])]} {...text('owner_team')} />
        </Field>
        <Field label={wordOf('classification')} error={faults.fields.classification}>
          <Select options={classifications} {...text('classification')} />
        </Field>
      </div>
      {values.classification !== undefined && values.classification !== group.classification ? (
        <ClassificationImpact group={group.name} classification={values.classification} />
      ) : null}
      <Field label={wordOf('tags')} optional error={faults.fields.tags} hint="Separated by spaces or commas.">
        <Input {...text('tags')} />
      </Field>
      <Field
        label={wordOf('cadence')}
        optional
        error={faults.fields.cadence}
        hint="Such as 1 day, 6 hours or P1D. Freshness is judged against it."
      >
        <Input mono {...text('cadence')} />
      </Field>
      <Field
        label={wordOf('note')}
        optional
        error={faults.fields.note}
        hint="What a reader should know first."
      >
        <Input {...text('note')} />
      </Field>
      <SaidFields
        said={said}
        change={(part) => edit.change(valuesOfSaid({ ...said, ...part }))}
        errors={faults.fields}
        rules={rules}
        classification={strictest}
        because={strictestFeature(values.classification, group.features)}
      />
    </EditFrame>
  )
}
