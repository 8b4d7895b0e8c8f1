import { plural } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import type { FieldError } from '@/lib/core/errors'

interface RowFaultsProps {
  faults: readonly FieldError[]
  /** How many rows have a fault in all; the list shows the first hundred faults. */
  faultyRows?: number
}

/** Faults of an ingest by row and column, as the interface names them. */
export function RowFaults({ faults, faultyRows }: RowFaultsProps) {
  if (faults.length === 0) return null
  return (
    <section aria-label="Faulty rows" className="min-w-0">
      <p className="mb-1 text-muted">
        {faultyRows === undefined ? plural(faults.length, 'fault') : plural(faultyRows, 'faulty row')}
        {faultyRows !== undefined && faultyRows > faults.length ? ', the first faults are shown' : ''}
      </p>
      <section
        className="max-h-96 overflow-auto border-t"
        aria-label="Faults"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className="w-full">
          <thead>
            <tr className="text-left text-12 text-muted">
              <th className="num py-1 pr-4 text-right font-normal">Row</th>
              <th className="py-1 pr-4 font-normal">Column</th>
              <th className="py-1 pr-4 font-normal">Value</th>
              <th className="py-1 font-normal">What is wrong</th>
            </tr>
          </thead>
          <tbody>
            {faults.map((fault) => (
              <tr key={`${fault.pointer}${fault.code}${fault.reason}`} className="border-t align-top">
                <td className="num py-1 pr-4 text-right">{fault.row ?? '–'}</td>
                <td className="py-1 pr-4 font-mono text-12">{fault.column ?? fault.pointer}</td>
                <td className="max-w-60 truncate py-1 pr-4 font-mono text-12">{fault.value ?? ''}</td>
                <td className="py-1">
                  <MarkedProse text={fault.reason} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
