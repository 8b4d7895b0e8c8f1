import { FactsList } from '@/components/ui/facts-list'

interface Column {
  name: string
  type: string
  part: string
}

/** The columns that a file must bring, as the version declares them. */
export function ExpectedColumns({ columns }: { columns: readonly Column[] }) {
  return (
    <section aria-labelledby="expected">
      <h2 id="expected" className="mb-2 font-medium text-15">
        Columns of a row
      </h2>
      <FactsList
        facts={columns.map(({ name, type, part }) => ({
          term: name,
          value: <span className="font-mono text-12">{type}</span>,
          note: part,
        }))}
      />
    </section>
  )
}
