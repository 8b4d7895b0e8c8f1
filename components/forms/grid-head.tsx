import type { GridColumn } from './grid-model'

/** The sheet's columns and their widths. */
export function GridHead({ columns }: { columns: readonly GridColumn[] }) {
  const cell = 'border-b bg-sunken py-1.5 px-2 text-left font-normal'
  return (
    <>
      <colgroup>
        <col style={{ width: '2.25rem' }} />
        {columns.map((column) => (
          <col key={column.id} style={column.width ? { width: column.width } : undefined} />
        ))}
        <col style={{ width: '2.25rem' }} />
      </colgroup>
      <thead className="text-12 text-muted">
        <tr>
          <th scope="col" className={cell}>
            <span className="sr-only">Number</span>
          </th>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={`${cell} border-l`}>
              {column.label}
              {column.required ? null : <span className="ml-1">(optional)</span>}
            </th>
          ))}
          <th scope="col" className={`${cell} border-l`}>
            <span className="sr-only">Remove</span>
          </th>
        </tr>
      </thead>
    </>
  )
}
