'use client'
import Link from 'next/link'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { FloatingNote } from '@/components/ui/floating-note'
import { toRoute } from '@/components/ui/route'
import { DayCell } from './day-cell'
import { type Day, describeDay, summarizeDays } from './day-strip-summary'

export interface DayStripProps {
  /** Oldest first, usually 28. */
  days: readonly Day[]
  /** What is judged: "Contract of route_delays". */
  label: string
  /** 5 × 14 in rows, one and a half times that in an asset's header. */
  size?: 'row' | 'header'
  className?: string
}

const pitch = 6

/**
 * The signature: one cell a day. The whole strip is one link, to the run of the day under the pointer or
 * chosen with the arrow keys, so that 28 days do not make 28 tab stops.
 */
export function DayStrip({ days, label, size = 'row', className }: DayStripProps) {
  const [active, setActive] = useState<number | null>(null)
  const [strip, setStrip] = useState<Element | null>(null)
  const width = Math.max(0, days.length * pitch - 1)
  const scale = size === 'header' ? 1.5 : 1
  const day = active === null ? undefined : days[active]
  const linked = days.some((one) => one.href)
  const target = day?.href ?? days.findLast((one) => one.href)?.href
  const name = `${label}. ${summarizeDays(days)}${day ? `. ${describeDay(day)}` : ''}`

  const point = (event: PointerEvent<Element>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const index = Math.floor(((event.clientX - box.left) / box.width) * days.length)
    setActive(Math.min(days.length - 1, Math.max(0, index)))
  }
  const step = (event: KeyboardEvent) => {
    const move = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (move === 0) return
    event.preventDefault()
    setActive((now) => Math.min(days.length - 1, Math.max(0, (now ?? days.length - 1) + move)))
  }
  const shared = {
    ref: setStrip,
    onPointerMove: point,
    onPointerLeave: () => setActive(null),
    onKeyDown: step,
    onBlur: () => setActive(null),
    'aria-label': name,
    className: cn('inline-flex shrink-0 py-0.5', className),
  }
  const drawing = (
    <svg
      aria-hidden
      width={width * scale}
      height={14 * scale}
      viewBox={`0 0 ${width} 14`}
      className="block forced-color-adjust-none"
    >
      {days.map((one, index) => (
        <DayCell key={one.date} state={one.state} x={index * pitch} />
      ))}
      {active === null ? null : (
        <path
          d={`M${active * pitch - 0.5} -.5h6v15h-6z`}
          className="stroke-ink"
          strokeWidth="1"
          fill="none"
        />
      )}
    </svg>
  )
  return (
    <>
      {linked && target ? (
        <Link href={toRoute(target)} prefetch={false} {...shared} className={cn(shared.className, 'hit')}>
          {drawing}
        </Link>
      ) : (
        <span role="img" {...shared}>
          {drawing}
        </span>
      )}
      {day && strip ? (
        <FloatingNote anchor={strip} className="num">
          {describeDay(day)}
        </FloatingNote>
      ) : null}
    </>
  )
}
