import type { ReactNode } from 'react'

export interface EmptyStateProps {
  /** What is not there: "No commits yet". */
  title: string
  /** What would fill it. */
  children?: ReactNode
  /** The button that does. */
  action?: ReactNode
}

/** Says what would fill the place, with the button that does. Left-aligned, without a picture. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-2 border-t border-b py-8">
      <p className="font-medium text-15">{title}</p>
      {children ? <div className="prose text-muted">{children}</div> : null}
      {action ? <div className="mt-1 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  )
}
