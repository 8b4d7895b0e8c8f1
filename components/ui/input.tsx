'use client'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { useFieldControl } from './field'

export type InputProps = ComponentProps<'input'> & { mono?: boolean }

/** A text field, 32 px (44 on a phone). `mono` for names, keys and expressions. */
export function Input({ mono, className, ...rest }: InputProps) {
  const field = useFieldControl(rest)
  return (
    <input
      {...rest}
      {...field}
      className={cn(
        'control h-8 w-full min-w-0 px-2 text-13 max-md:h-11',
        mono && 'font-mono',
        rest.type === 'number' && 'num text-right',
        className,
      )}
    />
  )
}
