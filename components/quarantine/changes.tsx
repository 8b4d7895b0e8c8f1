import type { Change } from './row-fields'

const shown = (text: string) => (text === '' ? 'null' : text)

/** What was corrected: the column, what stood there and what stands there now. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className="min-w-0">
      {changes.map(({ column, from, to }) => (
        <li
          key={column}
          className="flex flex-wrap items-baseline gap-x-2 font-mono text-12 [overflow-wrap:anywhere]"
        >
          <code>{column}</code>
          <del className="text-muted">{shown(from)}</del>
          <span aria-hidden>→</span>
          <ins className="no-underline">{shown(to)}</ins>
        </li>
      ))}
    </ul>
  )
}
