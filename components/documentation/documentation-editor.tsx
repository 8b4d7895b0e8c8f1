'use client'
import dynamic from 'next/dynamic'
import { useDeferredValue } from 'react'
import { RaceLine, TheirsNote } from '@/components/edit/theirs-note'
import { useEdit } from '@/components/edit/use-edit'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { RestoredNote } from '@/components/forms/restored-note'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { SkeletonText } from '@/components/ui/skeleton'
import { Textarea } from '@/components/ui/textarea'
import { request } from '@/lib/api-client'
import type { DocumentationResource } from '@/lib/documentation/operations'
import { longestDocumentation } from '@/lib/documentation/plain'
import { documentationPath } from './documentation-path'

/** The parser comes with the first preview, not with every page. */
const Markdown = dynamic(() => import('@/components/markdown/markdown').then((module) => module.Markdown), {
  loading: () => <SkeletonText lines={3} />,
})

interface DocumentationEditorProps {
  documentation: DocumentationResource
  onSaved: () => void
  onCancel: () => void
}

const wordOf = () => 'documentation'

/** Markdown on top, how it will look beneath it; who was slower is shown what the other one wrote. */
export function DocumentationEditor({ documentation, onSaved, onCancel }: DocumentationEditorProps) {
  const path = documentationPath(documentation.asset)
  const { kind, name } = documentation.asset
  const edit = useEdit<DocumentationResource, DocumentationResource>({
    draft: `documentation.${kind}.${name}`,
    everywhere: true,
    read: documentation,
    path,
    valuesOf: ({ text }) => ({ text }),
    etagOf: ({ etag }) => etag,
    save: async ({ text = '' }, etag) =>
      (
        await request<DocumentationResource>(path, {
          method: 'PATCH',
          body: { text },
          headers: { 'if-match': etag },
        })
      ).data,
    onSaved,
  })
  const text = edit.values.text ?? ''
  const preview = useDeferredValue(text)
  const faults = faultsOf(edit.error, (at) => at === 'text')
  const isReady = edit.isTouched && edit.undecided === 0
  return (
    <form
      className="flex max-w-[68ch] flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) edit.save.mutate()
      }}
    >
      <RestoredNote title="Your changes are back" restored={edit.restored} onStartOver={edit.startOver} />
      <TheirsNote changed={edit.changed} wordOf={wordOf} decided={edit.decided} onChoose={edit.choose} />
      <Field
        label="Text"
        error={faults.fields.text}
        hint="Markdown: headings, lists, tables, links, code. HTML stays text."
      >
        <Textarea
          mono
          rows={12}
          maxLength={longestDocumentation}
          value={text}
          onChange={(event) => edit.change({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && isReady) edit.save.mutate()
          }}
        />
      </Field>
      <FormErrors messages={faults.form} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          variant="primary"
          size="small"
          pending={edit.save.isPending}
          disabled={!isReady}
        >
          Save
        </Button>
        <Button
          size="small"
          onClick={() => {
            edit.startOver()
            onCancel()
          }}
        >
          Leave as it is
        </Button>
        {edit.keptInBrowser ? null : (
          <p className="text-warn">This browser keeps no drafts: do not reload.</p>
        )}
        <RaceLine undecided={edit.undecided} changed={edit.changed.length} />
      </div>
      <div className="border-t pt-3">
        <p className="mb-2 text-12 text-muted">Preview</p>
        {preview.trim() === '' ? (
          <p className="text-muted">Nothing to show.</p>
        ) : (
          <Markdown text={preview} idPrefix="preview-" />
        )}
      </div>
    </form>
  )
}
