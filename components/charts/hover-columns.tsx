import { cn } from '@/components/ui/cn'

export interface HoverColumn {
  /** 0…1 from the left. */
  from: number
  to: number
  text: string
}

/** Invisible columns over a plot; each shows its numbers under the pointer. The chart's table has them all. */
export function HoverColumns({ columns }: { columns: readonly HoverColumn[] }) {
  return (
    <>
      {columns.map((column) => (
        <div
          key={`${column.from}`}
          className="group absolute inset-y-0 hover:bg-ink-tint"
          style={{ left: `${column.from * 100}%`, width: `${(column.to - column.from) * 100}%` }}
        >
          <span
            className={cn(
              'pointer-events-none absolute top-0 z-10 hidden w-max max-w-64 rounded-control border border-hairline bg-surface px-2 py-1 text-12 text-ink leading-4 shadow-overlay group-hover:block',
              column.from > 0.5 ? 'right-full mr-1' : 'left-full ml-1',
            )}
          >
            {column.text}
          </span>
        </div>
      ))}
    </>
  )
}
