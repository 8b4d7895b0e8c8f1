'use client'
import type { ReactNode } from 'react'
import { FaultSummary } from '@/components/forms/fault-summary'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { RestoredNote } from '@/components/forms/restored-note'

import { type Kind, KindGlyph } from '@/components/icons/kind-glyph'
import { Button } from '@/components/ui/button'
import { type Fact, FactsList } from '@/components/ui/facts-list'
import type { NewAssetForm } from './use-new-asset'

interface AssetFormProps {
  form: NewAssetForm
  /** What the button says: "Register the entity". */
  action: string
  /** Why the button waits; null when it does not. */
  waitsFor: string | null
  labels: Readonly<Record<string, string>>
  preview: ReactNode
  children: ReactNode
}

/** A form 560 px wide with the page as it will be beside it. */
export function AssetForm({ form, action, waitsFor, labels, preview, children }: AssetFormProps) {
  const { faults, make, restored } = form
  return (
    <form
      className="grid gap-8 lg:grid-cols-[minmax(0,560px)_minmax(0,1fr)]"
      onSubmit={(event) => {
        event.preventDefault()
        if (waitsFor === null) make.mutate()
      }}
    >
      <div className="flex min-w-0 flex-col gap-4">
        <RestoredNote restored={restored} onStartOver={form.startOver} />
        {children}
        <FormErrors messages={faults.form} />
        <FaultSummary title="Not registered" fields={faults.fields} labels={labels} />
        {form.keptInBrowser ? null : (
          <p className="text-warn">This browser keeps no drafts: do not reload.</p>
        )}
        <FormFoot form={action} requestId={faults.requestId}>
          <Button
            type="submit"
            variant="primary"
            pending={make.isPending || make.isSuccess}
            disabled={waitsFor !== null}
          >
            {action}
          </Button>
          {waitsFor === null ? null : <p className="text-muted">{waitsFor}</p>}
        </FormFoot>
      </div>
      {preview}
    </form>
  )
}

interface PagePreviewProps {
  kind?: Kind
  name: string
  description: string
  facts: readonly Fact[]
  children?: ReactNode
}

/** The page that the form would make, while it is being typed. */
export function PagePreview({ kind, name, description, facts, children }: PagePreviewProps) {
  return (
    <aside aria-label="Preview" className="flex flex-col gap-3 border-l pl-6 max-lg:border-l-0 max-lg:pl-0">
      <p className="text-12 text-muted">The page as it will be</p>
      <p className="flex items-center gap-2 font-title text-20">
        {kind ? <KindGlyph kind={kind} /> : null}
        {name || <span className="text-muted">unnamed</span>}
      </p>
      <p className="prose">{description || <span className="text-muted">No meaning is given yet.</span>}</p>
      <FactsList facts={facts} />
      {children}
    </aside>
  )
}
