import { Name } from '@/components/ui/name'
import { datasetHref } from './dataset-words'

interface UsingDatasetsProps {
  datasets: readonly { name: string; version: number; owner: string; taken: string }[]
}

/** Training datasets that were built from an asset: which version, what it takes, whose it is. */
export function UsingDatasets({ datasets }: UsingDatasetsProps) {
  return (
    <ul className="border-t">
      {datasets.map(({ name, version, owner, taken }) => (
        <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-3 border-b py-1.5">
          <Name name={`${name}@${version}`} href={datasetHref(name, version)} />
          <span className="shrink-0 text-12 text-muted">
            {taken} · {owner}
          </span>
        </li>
      ))}
    </ul>
  )
}
