'use client'
import { Pencil } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useDraftName } from '@/components/forms/draft-owner'
import { readDraft } from '@/components/forms/draft-store'
import { IconButton } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { onDemand } from '@/components/ui/on-demand'
import type { InlineMember } from './inline-member'
import { type Saved, UndoLine } from './undo-line'

const { fetch: fetchForm, usePart } = onDemand(async () => ({
  default: (await import('./inline-form')).InlineForm,
}))

interface InlineEditProps {
  of: InlineMember
  /** Names the asset in this browser: "route_delays". */
  asset: string
  label: string
  hint?: string
  control?: 'area' | 'text'
  etag: string
  /** The member as it is typed. */
  text: string
  /** A key of the page that opens it. */
  shortcut?: string
  /** How it reads while nobody edits it. */
  children: ReactNode
}

/** What is said of an asset, changed where it stands; for who may. What was typed and not saved opens again. */
export function InlineEdit(props: InlineEditProps) {
  const { of, asset, label, hint, control = 'text', etag, text, shortcut, children } = props
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [saved, setSaved] = useState<Saved | null>(null)
  // Until the page is read anew: what was written over the version that it still shows.
  const [written, setWritten] = useState<{ text: string; over: string } | null>(null)
  const draft = `inline.${asset}.${of.member}`
  const kept = useDraftName(draft)
  useEffect(() => {
    if (readDraft(window.localStorage, kept, (value) => value)) setOpen(true)
  }, [kept])
  const InlineForm = usePart(isOpen)
  if (InlineForm) {
    return (
      <InlineForm
        of={of}
        draft={draft}
        read={{ etag, text }}
        label={label}
        control={control}
        {...(hint ? { hint } : {})}
        onLeave={() => setOpen(false)}
        onSaved={(one) => {
          setSaved(one)
          setWritten({ text: one.after, over: etag })
          setOpen(false)
          router.refresh()
        }}
      />
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className={cn('flex min-w-0 gap-1', control === 'text' ? 'items-center' : 'items-start')}>
        <div className="min-w-0 flex-1">
          {written?.over === etag ? <span className="whitespace-pre-line">{written.text}</span> : children}
        </div>
        <IconButton
          label={`Edit ${label.toLowerCase()}`}
          {...(shortcut ? { shortcut, 'data-shortcut': shortcut } : {})}
          onPointerEnter={() => void fetchForm()}
          onClick={() => setOpen(true)}
        >
          <Pencil aria-hidden className="size-3.5" />
        </IconButton>
      </div>
      {saved ? (
        <UndoLine
          of={of}
          label={label}
          saved={saved}
          onUndone={() => {
            setWritten({ text: saved.before, over: etag })
            router.refresh()
          }}
        />
      ) : null}
    </div>
  )
}
