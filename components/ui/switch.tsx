'use client'
import { Switch as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { useFieldControl } from './field'

/** On or off, at once. Inside a Field, or with an `aria-label`. */
export function Switch({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  const field = useFieldControl(rest)
  return (
    <Radix.Root
      {...rest}
      {...field}
      className={cn(
        'hit inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-control bg-sunken px-0.5 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-60',
        className,
      )}
    >
      <Radix.Thumb className="block size-3 rounded-full bg-control transition-transform data-[state=checked]:translate-x-3.5 data-[state=checked]:bg-on-fill" />
    </Radix.Root>
  )
}
