import { cn } from './cn'

/** A block in the exact geometry of what will stand there. Appears after 150 ms and does not move. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('wait block rounded-control bg-ink-tint', className)} />
}

/** Lines of text, the last one shorter. */
export function SkeletonText({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <span aria-hidden className={cn('block space-y-2', className)}>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical lines
        <Skeleton key={index} className={cn('h-3', index === lines - 1 && 'w-3/5')} />
      ))}
    </span>
  )
}

/** Table rows in the reader's row height. */
export function SkeletonRows({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical rows
        <div key={row} className="flex h-(--row) items-center gap-6 border-b">
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: identical cells
            <Skeleton key={column} className={cn('h-3', column === 0 ? 'w-64' : 'w-20 max-md:hidden')} />
          ))}
        </div>
      ))}
    </div>
  )
}
