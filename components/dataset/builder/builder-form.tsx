'use client'
import { WasThisHard } from '@/components/feedback/was-this-hard'
import { FormErrors } from '@/components/forms/form-errors'
import { RestoredNote } from '@/components/forms/restored-note'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import type { BuilderChoices } from '@/lib/datasets/operations'
import { isReady, openKeys } from './draft'
import { FeaturesPart } from './features-part'
import { KeysPart } from './keys-part'
import { LabelPart } from './label-part'
import { NamePart } from './name-part'
import type { NextVersion } from './next-version'
import { PreviewView } from './preview-view'
import { SpinePart } from './spine-part'
import { type Builder, useBuilder } from './use-builder'

interface BuilderFormProps {
  choices: BuilderChoices
  environment: string
  name: string
  next: NextVersion | null
  begins: Parameters<typeof useBuilder>[0]['begins']
}

/** What is still to be chosen, in words; null when nothing is. */
function lacking({ draft }: Builder, choices: BuilderChoices): string | null {
  const open = openKeys(draft, choices)
  if (open.length > 0)
    return `Say which column is ${open.map(({ group, key }) => `${group}: ${key}`).join(', ')}.`
  return isReady(draft, choices) ? null : 'Features and rows are needed.'
}

function Acts({ form, choices }: { form: Builder; choices: BuilderChoices }) {
  const { preview, build, draft } = form
  const needed = lacking(form, choices)
  return (
    <div className="flex flex-col gap-3 border-t pt-4">
      <FormErrors messages={form.faults.form} />
      <div className="flex flex-wrap items-center gap-3">
        <Button pending={preview.isPending} disabled={needed !== null} onClick={() => preview.mutate()}>
          Preview 100 rows
        </Button>
        <Button
          type="submit"
          variant="primary"
          pending={build.isPending}
          disabled={needed !== null || draft.name === ''}
        >
          Build
        </Button>
        <span className="text-12 text-muted">
          {needed ??
            (draft.name === ''
              ? 'To build, give it a name.'
              : 'The build is a job; it goes on when this page is left.')}
        </span>
      </div>
      {form.keptInBrowser ? null : <p className="text-warn">This browser keeps no drafts: do not reload.</p>}
      <WasThisHard kind="form" form="Build" requestId={form.faults.requestId} />
    </div>
  )
}

/** Features, rows, label, name; a preview that is really joined; then the build. */
export function BuilderForm({ choices, environment, name, next, begins }: BuilderFormProps) {
  const form = useBuilder({ choices, environment, name, next, begins })
  const { preview } = form
  return (
    <form
      className="grid gap-8 xl:grid-cols-[560px_minmax(0,1fr)]"
      onSubmit={(event) => {
        event.preventDefault()
        form.build.mutate()
      }}
    >
      <div className="flex min-w-0 max-w-140 flex-col gap-7">
        <RestoredNote restored={form.restored} onStartOver={form.startOver} />
        {next && !form.restored ? (
          <Callout title={`As version ${next.of} was built`}>{next.left.join(' ')}</Callout>
        ) : null}
        <FeaturesPart form={form} choices={choices} />
        <SpinePart form={form} choices={choices} />
        <KeysPart form={form} choices={choices} />
        <LabelPart form={form} choices={choices} />
        <NamePart form={form} choices={choices} />
        <Acts form={form} choices={choices} />
      </div>
      {preview.data ? (
        <PreviewView preview={preview.data} />
      ) : (
        <EmptyState title={preview.isPending ? 'Joining the preview' : 'No preview yet'}>
          A hundred rows, spread evenly over all, are joined for real and shown here with statistics and with
          what is left out. Nothing is kept.
        </EmptyState>
      )}
    </form>
  )
}
