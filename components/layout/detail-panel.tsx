'use client'
import { ExternalLink, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from 'react'
import { ButtonLink, IconButton } from '@/components/ui/button'
import { rememberPreference } from '@/components/ui/preferences'
import { toRoute } from '@/components/ui/route'
import { clampPanelWidth } from './panel-width'

export interface DetailPanelProps {
  title: ReactNode
  /** The accessible name: the asset's full name. */
  label: string
  /** The asset's own page. */
  href?: string
  /** The list's address without the selection; Esc and the cross lead there. */
  closeHref: string
  /** The remembered width, px, from the preferences. */
  widthPx?: number
  children: ReactNode
}

/** Slides in over the list's right side; the list does not move. A full sheet on a phone. */
export function DetailPanel({ title, label, href, closeHref, widthPx = 420, children }: DetailPanelProps) {
  const router = useRouter()
  const [width, setWidth] = useState(clampPanelWidth(widthPx))
  const close = () => router.push(toRoute(closeHref), { scroll: false })
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (document.querySelector('[role="dialog"][data-state="open"], [role="menu"]')) return
      router.push(toRoute(closeHref), { scroll: false })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [closeHref, router])
  return (
    <aside
      aria-label={label}
      style={{ '--panel': `${width}px` } as React.CSSProperties}
      className="enter-right fixed top-11 right-0 bottom-0 z-20 flex w-full flex-col border-l bg-surface shadow-overlay max-md:top-0 max-md:z-40 md:w-(--panel)"
    >
      <ResizeHandle width={width} onWidth={setWidth} />
      <header className="flex h-11 shrink-0 items-center gap-2 border-b px-4 max-md:h-13">
        <h2 className="min-w-0 flex-1 truncate font-medium">{title}</h2>
        {href ? (
          <ButtonLink href={href} variant="quiet" size="small">
            <ExternalLink aria-hidden className="size-3.5" />
            Open
          </ButtonLink>
        ) : null}
        <IconButton label="Close" shortcut="Esc" onClick={close}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
    </aside>
  )
}

function ResizeHandle({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const settle = (next: number) => {
    const clamped = clampPanelWidth(next)
    onWidth(clamped)
    rememberPreference('panel', clamped)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') settle(width + 20)
    else if (event.key === 'ArrowRight') settle(width - 20)
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) settle(window.innerWidth - event.clientX)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator has no element of its own
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      aria-valuemin={360}
      aria-valuemax={640}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      className="-left-1 absolute inset-y-0 w-2 cursor-col-resize hover:bg-accent-tint max-md:hidden"
    />
  )
}
