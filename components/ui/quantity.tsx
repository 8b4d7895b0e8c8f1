import type { ReactNode } from 'react'
import { cn } from './cn'

/** A number with its unit muted: `<Quantity unit="min">{formatNumber(12.4)}</Quantity>`. */
export function Quantity({
  unit,
  className,
  children,
}: {
  unit?: string
  className?: string
  children: ReactNode
}) {
  return (
    <span className={cn('num whitespace-nowrap', className)}>
      {children}
      {unit ? <span className="ml-1 text-muted">{unit}</span> : null}
    </span>
  )
}
