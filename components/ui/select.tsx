'use client'
import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { useFieldControl } from './field'

export interface SelectOption {
  value: string
  label?: string
  disabled?: boolean
}

export type SelectProps = ComponentProps<'select'> & {
  options: readonly (SelectOption | string)[]
  /** An empty first choice with this text. */
  placeholder?: string
  mono?: boolean
}

/** The browser's own list: works by keyboard, on a phone and in any form library. */
export function Select({ options, placeholder, mono, className, ...rest }: SelectProps) {
  const field = useFieldControl(rest)
  return (
    <span className={cn('relative inline-flex w-full min-w-0', className)}>
      <select
        {...rest}
        {...field}
        className={cn(
          'control h-8 w-full min-w-0 appearance-none truncate pr-7 pl-2 text-13 max-md:h-11',
          mono && 'font-mono',
        )}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => {
          const { value, label, disabled }: SelectOption =
            typeof option === 'string' ? { value: option } : option
          return (
            <option key={value} value={value} disabled={disabled}>
              {label ?? value}
            </option>
          )
        })}
      </select>
      <ChevronDown
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2 size-3.5 text-muted"
      />
    </span>
  )
}
