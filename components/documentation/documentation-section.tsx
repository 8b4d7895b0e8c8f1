'use client'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { DocumentationResource } from '@/lib/documentation/operations'

const { fetch: fetchEditor, usePart } = onDemand(async () => ({
  default: (await import('./documentation-editor')).DocumentationEditor,
}))
const DocumentationHistory = dynamic(
  async () => (await import('./documentation-history')).DocumentationHistory,
)

interface DocumentationSectionProps {
  documentation: DocumentationResource
  /** The text, drawn. */
  children: ReactNode
}

/** The long text about an asset where it is read: written, changed and looked back at in place. */
export function DocumentationSection({ documentation, children }: DocumentationSectionProps) {
  const router = useRouter()
  const [isEditing, setEditing] = useState(false)
  const DocumentationEditor = usePart(isEditing)
  const { text, revision, changed_by, changed_at, change } = documentation
  const close = () => {
    setEditing(false)
    router.refresh()
  }
  return (
    <Section
      id="documentation"
      title="Documentation"
      className="scroll-mt-16"
      aside={
        change.allowed && !isEditing ? (
          <Button size="small" onPointerEnter={() => void fetchEditor()} onClick={() => setEditing(true)}>
            {text === '' ? 'Write it' : 'Edit documentation'}
          </Button>
        ) : null
      }
    >
      {DocumentationEditor ? (
        <DocumentationEditor documentation={documentation} onSaved={close} onCancel={close} />
      ) : (
        <div className="flex flex-col gap-3">
          {text === '' ? <p className="text-muted">Nobody has documented it yet.</p> : children}
          {changed_at ? (
            <p className="text-12 text-muted">
              {text === '' ? 'Taken away' : 'Written'} by {changed_by} <Time at={changed_at} relative />
            </p>
          ) : null}
        </div>
      )}
      {revision > 1 || (revision === 1 && text === '') ? (
        <DocumentationHistory key={revision} documentation={documentation} onRestored={close} />
      ) : null}
    </Section>
  )
}
