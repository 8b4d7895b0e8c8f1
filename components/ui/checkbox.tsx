'use client'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & {
  label: ReactNode
  hint?: ReactNode
  /** The label is only for those who cannot see the surroundings, e.g. in a table row. */
  hideLabel?: boolean
  indeterminate?: boolean
}

export function Checkbox({
  label,
  hint,
  hideLabel,
  indeterminate = false,
  className,
  ref,
  ...rest
}: CheckboxProps) {
  return (
    <label className={cn('hit inline-flex items-start gap-2', !hideLabel && 'max-md:min-h-11', className)}>
      <input
        {...rest}
        type="checkbox"
        ref={(element) => {
          if (element) element.indeterminate = indeterminate
          if (typeof ref === 'function') return ref(element)
          if (ref) ref.current = element
        }}
        className={cn('tick', !hideLabel && 'mt-0.5')}
      />
      <span className={hideLabel ? 'sr-only' : 'min-w-0'}>
        {label}
        {hint ? <span className="block text-12 text-muted">{hint}</span> : null}
      </span>
    </label>
  )
}
