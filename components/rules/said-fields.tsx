import { DomainInput } from '@/components/domain/domain-input'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { lawfulBases, lawfulBasisLabels, permittedUseNames } from '@/lib/registry/plain'
import { CustomField } from './custom-field'
import { isCustomMandatory, isMandatory, missingPurpose } from './mandatory-words'
import { type FormRules, permittedUseLabels, type Said } from './said'

interface SaidFieldsProps {
  said: Said
  change: (part: Partial<Said>) => void
  /** By the members of the body. */
  errors: Readonly<Record<string, string>>
  rules: FormRules
  /** The strictest of the group and its features: it decides what is needed. */
  classification: string
  /** The feature that is stricter than its group; null: none is. */
  because: string | null
}

/** Words of the fields by the paths that a problem names. */
export const saidLabels = {
  domain: 'Domain',
  purposes: 'Purposes',
  lawful_basis: 'Lawful basis',
  permitted_use: 'Permitted use',
  permitted_use_note: 'In words',
} as const

function PermittedUse({ said, change, errors }: Pick<SaidFieldsProps, 'said' | 'change' | 'errors'>) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-12">
        {saidLabels.permitted_use} <span className="font-normal text-muted">optional</span>
      </legend>
      {permittedUseNames.map((use) => (
        <Checkbox
          key={use}
          {...permittedUseLabels[use]}
          checked={said.permittedUse.includes(use)}
          onChange={(event) =>
            change({
              permittedUse: permittedUseNames.filter((one) =>
                one === use ? event.target.checked : said.permittedUse.includes(one),
              ),
            })
          }
        />
      ))}
      {errors.permitted_use ? <p className="text-12 text-fail">{errors.permitted_use}</p> : null}
      <Field label={saidLabels.permitted_use_note} optional error={errors.permitted_use_note}>
        <Input
          value={said.permittedUseNote}
          onChange={(event) => change({ permittedUseNote: event.target.value })}
        />
      </Field>
    </fieldset>
  )
}

interface PurposeFieldsProps extends Omit<SaidFieldsProps, 'said' | 'change'> {
  said: Pick<Said, 'purposes' | 'lawfulBasis'>
  change: (part: Partial<Pick<Said, 'purposes' | 'lawfulBasis'>>) => void
}

/** What it is used for and on what basis; asked for as soon as the group, or one of its features, needs it. */
export function PurposeFields(props: PurposeFieldsProps) {
  const { said, change, errors, rules, classification, because } = props
  const of = because === null ? 'the group' : `feature \`${because}\``
  const asked = `Needed, since ${of} is ${classification}: without it nothing can be submitted.`
  const missing = missingPurpose(rules.fields, said, classification)
  const needs = (field: 'purposes' | 'lawful_basis') => isMandatory(rules.fields, field, classification)
  const fault = (field: 'purposes' | 'lawful_basis') =>
    errors[field] ?? (missing.includes(field) ? asked : undefined)
  return (
    <>
      <Field
        label={saidLabels.purposes}
        optional={!needs('purposes')}
        required={needs('purposes')}
        error={fault('purposes')}
        hint="What it may be used for, one a line. Needed from confidential up."
      >
        <Textarea
          rows={2}
          className="min-h-16"
          value={said.purposes}
          onChange={(event) => change({ purposes: event.target.value })}
        />
      </Field>
      <Field
        label={saidLabels.lawful_basis}
        optional={!needs('lawful_basis')}
        required={needs('lawful_basis')}
        error={fault('lawful_basis')}
        hint="Article 6(1) of the GDPR. Needed from confidential up."
      >
        <Select
          placeholder="not stated"
          options={lawfulBases.map((value) => ({ value, label: lawfulBasisLabels[value] }))}
          value={said.lawfulBasis}
          onChange={(event) => change({ lawfulBasis: event.target.value })}
        />
      </Field>
    </>
  )
}

/** What the organisation wants to know of a group: area, purpose, basis, permitted use, and fields of its own. */
export function SaidFields({ said, change, errors, rules, classification, because }: SaidFieldsProps) {
  const needs = (field: Parameters<typeof isMandatory>[1]) => isMandatory(rules.fields, field, classification)
  return (
    <div className="flex max-w-140 flex-col gap-4">
      <Field
        label={saidLabels.domain}
        optional={!needs('domain')}
        required={needs('domain')}
        error={errors.domain}
        hint={
          rules.makesDomains
            ? 'The business area. A new name makes a new domain.'
            : 'The business area; one that is registered.'
        }
      >
        <DomainInput
          value={said.domain}
          known={rules.domains}
          onChange={(event) => change({ domain: event.target.value })}
        />
      </Field>
      <PurposeFields
        said={said}
        change={change}
        errors={errors}
        rules={rules}
        classification={classification}
        because={because}
      />
      <PermittedUse said={said} change={change} errors={errors} />
      {rules.fields.custom_fields.map((field) => (
        <CustomField
          key={field.name}
          field={field}
          value={said.custom[field.name] ?? ''}
          required={isCustomMandatory(field, classification)}
          error={errors[`custom.${field.name}`]}
          onChange={(value) => change({ custom: { ...said.custom, [field.name]: value } })}
        />
      ))}
    </div>
  )
}
