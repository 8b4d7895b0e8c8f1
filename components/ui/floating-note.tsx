'use client'
import { type ComponentProps, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { cn } from './cn'
import { placeNote, type Side } from './place-note'

interface FloatingNoteProps extends ComponentProps<'div'> {
  /** What it belongs to. */
  anchor: Element
  side?: Side
}

/** A small box beside what it belongs to, above the page; it keeps within the window. */
export function FloatingNote({ anchor, side = 'top', className, ...rest }: FloatingNoteProps) {
  const note = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const box = note.current
    if (!box) return
    const place = () => {
      const { left, top } = placeNote(anchor.getBoundingClientRect(), box.getBoundingClientRect(), side, {
        width: document.documentElement.clientWidth,
        height: window.innerHeight,
      })
      box.style.left = `${left}px`
      box.style.top = `${top}px`
    }
    place()
    const watch = new ResizeObserver(place)
    watch.observe(box)
    window.addEventListener('resize', place)
    return () => {
      watch.disconnect()
      window.removeEventListener('resize', place)
    }
  }, [anchor, side])
  return createPortal(
    <div
      ref={note}
      role="tooltip"
      className={cn(
        'fixed top-0 left-0 z-50 w-max rounded-control border border-hairline bg-surface px-2 py-1 text-12 text-ink shadow-overlay',
        className,
      )}
      {...rest}
    />,
    document.body,
  )
}
