import { scrollRegion } from '@/components/ui/scroll-region'
import type { TestOutcomeResource } from '@/lib/ingestion/operations'

type Difference = TestOutcomeResource['differences'][number]

const words: Record<Difference['kind'], string> = {
  missing: 'was not computed',
  unexpected: 'is not expected',
  differs: 'differs',
  unreadable: 'cannot be read',
}

function DifferenceRow({ difference }: { difference: Difference }) {
  const { kind, row, key, column, expected, actual } = difference
  return (
    <tr className="border-b align-top">
      <td className="num py-1 pr-4">{row ?? '–'}</td>
      <td className="py-1 pr-4 font-mono">{key}</td>
      <td className="py-1 pr-4">{words[kind]}</td>
      <td className="py-1 pr-4 font-mono">{column ?? '–'}</td>
      <td className="py-1 pr-4 font-mono">{expected ?? '–'}</td>
      <td className="py-1 font-mono">{actual ?? '–'}</td>
    </tr>
  )
}

/** Rows expected against rows computed, where they differ. */
export function TestDifferences({ differences }: { differences: Difference[] }) {
  return (
    <div {...scrollRegion('Differences')} className="overflow-x-auto">
      <table className="w-full text-12">
        <thead>
          <tr className="border-b text-left text-muted">
            {['Row', 'Keys and event time', 'What', 'Column', 'Expected', 'Computed'].map((head) => (
              <th key={head} scope="col" className="py-1 pr-4 font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map((difference, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an answer that does not change
            <DifferenceRow key={index} difference={difference} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
