import type { GridRow } from '@/components/forms/grid-model'
import { Callout } from '@/components/ui/callout'
import type { FileColumn, Mapping } from './mapping'

const listed = (names: readonly string[]) =>
  names.map((name, place) => (
    <span key={name}>
      {place > 0 ? ', ' : ''}
      <code>{name}</code>
    </span>
  ))

/** Under a row of the grid: the column of the file that feeds it, where that is called otherwise. */
export function sourceNote({ cells }: GridRow, columns: readonly FileColumn[]) {
  const source = cells.source ?? ''
  if (source === cells.name?.trim() || !columns.some(({ column }) => column === source)) return null
  return (
    <span className="text-muted">
      from <code>{source}</code> of the file
    </span>
  )
}

/** What becomes of each column of the file, and what no column feeds, before anything is sent. */
export function MappingNote({ mapping, fileName }: { mapping: Mapping; fileName: string }) {
  const { renamed, leftOut, unfed, unfedIdentity } = mapping
  return (
    <div className="flex flex-col gap-2">
      {renamed.length > 0 || leftOut.length > 0 ? (
        <Callout title={`How ${fileName} is read`}>
          {renamed.map(({ column, name }, place) => (
            <span key={column}>
              {place > 0 ? ', ' : ''}
              <code>{column}</code> as <code>{name}</code>
            </span>
          ))}
          {renamed.length > 0 ? '. ' : ''}
          {leftOut.length > 0 ? <>Left out: {listed(leftOut)}.</> : null}
        </Callout>
      ) : null}
      {unfed.length > 0 ? (
        <Callout tone="warn" title="Without a column of the file">
          {listed(unfed)}: null in every row.
        </Callout>
      ) : null}
      {unfedIdentity.length > 0 ? (
        <Callout tone="warn" title="Key or event time without a column of the file">
          {listed(unfedIdentity)}: the rows will be refused. Choose them among the columns of the file, or do
          not bring the rows in.
        </Callout>
      ) : null}
    </div>
  )
}
