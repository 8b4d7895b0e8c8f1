'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { DocumentationResource } from '@/lib/documentation/operations'
import { DocumentationEditor } from './documentation-editor'
import { DocumentationHistory } from './documentation-history'

interface DocumentationSectionProps {
  documentation: DocumentationResource
  /** The text, drawn. */
  children: ReactNode
}

/** The long text about an asset where it is read: written, changed and looked back at in place. */
export function DocumentationSection({ documentation, children }: DocumentationSectionProps) {
  const router = useRouter()
  const [isEditing, setEditing] = useState(false)
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
          <Button size="small" onClick={() => setEditing(true)}>
            {text === '' ? 'Write it' : 'Edit documentation'}
          </Button>
        ) : null
      }
    >
      {isEditing ? (
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
