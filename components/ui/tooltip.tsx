'use client'
import {
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { FloatingNote } from './floating-note'
import { Kbd } from './kbd'
import type { Side } from './place-note'
import { withProps } from './with-props'

export interface TooltipProps {
  content: ReactNode
  shortcut?: string
  side?: Side
  children: ReactElement
}

const openMs = 300
/** Long enough for the pointer to go over to the note. */
const closeMs = 120
/** Who reads one tooltip after the other does not wait for each. */
const goesOnMs = 300
let closedAt = Number.NEGATIVE_INFINITY
let closeOther = () => {}

/** What it stands at while it is open, and when it opens and closes. */
function useTooltip() {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const after = (ms: number, act: () => void) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, ms)
  }
  const close = () => {
    clearTimeout(timer.current)
    setAnchor((before) => {
      if (before) closedAt = performance.now()
      return null
    })
  }
  const open = (at: Element) => {
    clearTimeout(timer.current)
    closeOther()
    closeOther = close
    setAnchor(at)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!anchor) return
    const leave = () => setAnchor(null)
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave()
    }
    // A scroll of what holds the anchor carries it away from its note.
    const onScroll = ({ target }: Event) => {
      if (target instanceof Node && target.contains(anchor)) leave()
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('scroll', onScroll, { capture: true })
    }
  }, [anchor])
  return { anchor, open, close, after, stay: () => clearTimeout(timer.current) }
}

/** Never the only place of a fact: what it says must also stand in the page or be the control's name. */
export function Tooltip({ content, shortcut, side = 'top', children }: TooltipProps) {
  const id = useId()
  const { anchor, open, close, after, stay } = useTooltip()
  const trigger = withProps(children, {
    ...(anchor ? { 'aria-describedby': id } : {}),
    onPointerEnter: ({ currentTarget, pointerType }: PointerEvent) => {
      if (pointerType === 'touch') return
      after(performance.now() - closedAt < goesOnMs ? 0 : openMs, () => open(currentTarget))
    },
    onPointerLeave: () => after(closeMs, close),
    onPointerDown: close,
    onClick: close,
    onFocus: ({ currentTarget }: FocusEvent) => {
      if (currentTarget.matches(':focus-visible')) open(currentTarget)
    },
    onBlur: close,
  })
  return (
    <>
      {trigger}
      {anchor ? (
        <FloatingNote
          id={id}
          anchor={anchor}
          side={side}
          className="flex max-w-80 items-center gap-2"
          onPointerEnter={stay}
          onPointerLeave={() => after(closeMs, close)}
        >
          {content}
          {shortcut ? <Kbd>{shortcut}</Kbd> : null}
        </FloatingNote>
      ) : null}
    </>
  )
}
