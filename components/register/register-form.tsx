'use client'
import { FaultSummary } from '@/components/forms/fault-summary'
import { gridErrors } from '@/components/forms/feature-grid'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { GridEditor } from '@/components/forms/grid-editor'
import type { GridRow } from '@/components/forms/grid-model'
import { RestoredNote } from '@/components/forms/restored-note'
import { acceptedEndings } from '@/components/ingest/send-file'
import { missingPurpose } from '@/components/rules/mandatory-words'
import { nameFault } from '@/components/rules/name-check'
import type { FormRules } from '@/components/rules/said'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { ErrorState } from '@/components/ui/error-state'
import { FileDrop } from '@/components/ui/file-drop'
import { Progress } from '@/components/ui/progress'
import type { GroupResource, NamingRules } from '@/lib/registry/operations'
import { type Definition, proposedNames } from './definition'
import { DefinitionFields, fieldLabels } from './definition-fields'
import { InferenceSummary } from './inference-summary'
import { MappingNote, sourceNote } from './mapping-note'
import { Preview } from './preview'
import { RegisterOutcome } from './register-outcome'
import { ReusedNote } from './reused-note'
import { RolesField } from './roles-field'
import { SimilarFeatures, valuesOf } from './similar-features'
import { SourcePart } from './source-part'
import { strictestOf } from './strictest-of'
import { gridColumns, type Register, useRegister } from './use-register'

interface RegisterFormProps {
  teams: readonly string[]
  entities: readonly string[]
  environment: string
  like: GroupResource | null
  rules: FormRules
  /** Registered sources that hold something to look at. */
  sources: readonly string[]
}

function FilePart({ form, sources }: { form: Register; sources: readonly string[] }) {
  const { infer, file, looked } = form
  return (
    <section aria-label="File" className="flex flex-col gap-3">
      <FileDrop
        label="Drop a CSV, Parquet, Arrow, NDJSON or JSON file"
        hint="Types, keys, event time and statistics are read from it. Nothing is stored yet."
        accept={acceptedEndings}
        file={file}
        onFile={form.takeFile}
        disabled={infer.isPending || form.register.isPending}
      />
      <SourcePart sources={sources} pending={infer.isPending} onSource={form.takeSource} />
      {infer.isPending ? <Progress label={`Reading ${looked ?? 'the file'}`} value={0} /> : null}
      {infer.error ? (
        <ErrorState
          title={`${looked ?? 'The file'} could not be read`}
          problem={infer.error.problem}
          {...(file ? { onRetry: () => infer.mutate(file) } : {})}
        />
      ) : null}
      {infer.data ? (
        <InferenceSummary
          inferred={infer.data}
          fileName={looked ?? 'The file'}
          definition={form.definition}
          change={form.change}
        />
      ) : null}
      {infer.data ? (
        <RolesField
          inferred={infer.data}
          {...proposedNames(form.definition, infer.data)}
          onChange={form.chooseRoles}
        />
      ) : null}
    </section>
  )
}

/** More rows than these are not compared with the catalogue until they are typed in. */
const mostCompared = 30

/** Under a row: where it is read from, and what may mean the same; all of it while the row is typed in. */
function belowRow(form: Register, row: GridRow) {
  const { infer, typedRow, definition } = form
  const source = sourceNote(row, infer.data?.columns ?? [])
  const { name = '', description = '', type = 'float64' } = row.cells
  const isTyped = row.key === typedRow
  if (!isTyped && definition.features.length > mostCompared) return source
  const column = infer.data?.columns.find((one) => one.column === row.cells.source)
  return (
    <>
      {source}
      <SimilarFeatures
        name={name}
        description={description}
        type={type}
        entity={definition.entity}
        statistics={valuesOf(column?.statistics, infer.data?.rows ?? 0)}
        environment={form.environment}
        onlySure={!isTyped}
        onReuse={(reuse) => form.reuse(row, reuse)}
      />
    </>
  )
}

/** Names of features that the rules refuse, as the grid shows them while they are typed. */
function featureNameFaults({ features, ownerTeam: team }: Definition, naming: NamingRules) {
  const faults = features.flatMap(({ cells: { name = '' } }, at) => {
    const fault = nameFault(naming, { kind: 'feature', name, team })
    return fault === undefined ? [] : [[`${at}.name`, fault] as const]
  })
  return Object.fromEntries(faults)
}

function LikeNote({ like }: { like: GroupResource }) {
  return (
    <Callout title={`Like ${like.name}`}>
      Keys, meaning, features with their contracts, tags and times are taken over; a name is needed.
      {like.transformation || like.inputs.length > 0
        ? ' What computes its rows is not taken over: rows are brought in.'
        : null}
    </Callout>
  )
}

/** Infer first, ask second: a file fills the form, a person corrects it, one button registers and brings the rows in. */
export function RegisterForm({ teams, entities, environment, like, rules, sources }: RegisterFormProps) {
  const form = useRegister({ teams, entities, environment, like, rules })
  const { definition, change, register } = form
  if (register.data) return <RegisterOutcome outcome={register.data} onAnother={form.startOver} />
  const { errors, rest } = gridErrors(form.faults.fields, 'features', definition.features)
  const ready = definition.name !== '' && definition.timestampKey !== '' && definition.features.length > 0
  return (
    <form
      className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_360px]"
      onSubmit={(event) => {
        event.preventDefault()
        register.mutate()
      }}
    >
      <div className="flex min-w-0 flex-col gap-6">
        {like ? <LikeNote like={like} /> : null}
        <RestoredNote restored={form.restored} onStartOver={form.startOver}>
          A file has to be dropped again.
        </RestoredNote>
        <FilePart form={form} sources={sources} />
        <DefinitionFields
          definition={definition}
          change={change}
          errors={rest}
          teams={teams}
          entities={entities}
          rules={rules}
        />
        <section aria-labelledby="features-heading" className="min-w-0">
          <h2 id="features-heading" className="mb-2 font-medium text-15">
            Features
          </h2>
          <GridEditor
            label="Features"
            noun="feature"
            extraLabel="the contract"
            columns={gridColumns(definition)}
            rows={definition.features}
            onChange={form.changeFeatures}
            below={(row) => belowRow(form, row)}
            errors={{ ...featureNameFaults(definition, rules.naming), ...errors }}
          />
        </section>
        <ReusedNote reused={definition.reused} onBack={form.putBack} />
        {form.mapping && form.bringRows ? (
          <MappingNote mapping={form.mapping} fileName={form.file?.name ?? 'the file'} />
        ) : null}
        <FormErrors messages={form.faults.form} />
        <FaultSummary title="Not registered" fields={form.faults.fields} labels={fieldLabels} />
        {form.keptInBrowser ? null : (
          <p className="text-warn">This browser keeps no drafts: do not reload.</p>
        )}
        <FormFoot form="Register" requestId={form.faults.requestId}>
          <Button type="submit" variant="primary" pending={register.isPending} disabled={!ready}>
            Register
          </Button>
          {form.file ? (
            <Checkbox
              label={`Bring the rows of ${form.file.name} in`}
              checked={form.bringRows}
              onChange={(event) => form.setBringRows(event.target.checked)}
            />
          ) : null}
          {ready ? null : (
            <p className="text-muted">A name, an event time and at least one feature are needed.</p>
          )}
          {missingPurpose(rules.fields, definition.said, strictestOf(definition)).length > 0 ? (
            <p className="text-warn">
              Without purposes and a lawful basis it stays a draft that cannot be submitted.
            </p>
          ) : null}
        </FormFoot>
      </div>
      <Preview definition={definition} environment={environment} />
    </form>
  )
}
