'use client'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { useFieldControl } from './field'

export type TextareaProps = ComponentProps<'textarea'> & { mono?: boolean }

/** Grows with what is typed, from `rows` lines on. */
export function Textarea({ mono, rows = 3, className, ...rest }: TextareaProps) {
  const field = useFieldControl(rest)
  return (
    <textarea
      rows={rows}
      {...rest}
      {...field}
      className={cn(
        'control field-sizing-content w-full min-w-0 px-2 py-1.5 text-13',
        mono && 'font-mono',
        className,
      )}
    />
  )
}
