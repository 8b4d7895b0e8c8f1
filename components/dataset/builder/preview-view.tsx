import { MiniDistribution } from '@/components/charts/mini-distribution'
import { miniCounts } from '@/components/feature/prepare-distribution'
import { formatCount, formatNumber, formatShare, plural } from '@/components/ui/format-number'
import { scrollRegion } from '@/components/ui/scroll-region'
import type { PreviewResource } from '@/lib/datasets/operations'
import { shapeOf } from '../statistics-tab'
import { ValueText } from '../value-text'

type Statistics = PreviewResource['statistics'][number]

function ColumnHead({
  column,
  statistics,
}: {
  column: PreviewResource['columns'][number]
  statistics: Statistics | undefined
}) {
  const counts = statistics ? miniCounts(shapeOf(statistics)) : null
  const share = statistics && statistics.rows > 0 ? statistics.nulls / statistics.rows : 0
  return (
    <th scope="col" className="sticky top-0 bg-surface px-2 py-1.5 text-left align-top font-normal">
      <span className="block whitespace-nowrap font-medium font-mono text-12">{column.name}</span>
      <span className="block whitespace-nowrap text-11 text-muted">
        {column.role}, {column.type}
      </span>
      <span className="block h-5 text-11 text-muted">
        {counts ? <MiniDistribution counts={counts} label={`Distribution of ${column.name}`} /> : null}
      </span>
      <span className="num block whitespace-nowrap text-11 text-muted">
        {statistics?.mean === null || statistics === undefined
          ? ''
          : `mean ${formatNumber(statistics.mean)} · `}
        {share > 0 ? `${formatShare(share)} null` : 'no null'}
      </span>
    </th>
  )
}

function Counts({ preview }: { preview: PreviewResource }) {
  const { left_out: left, without_label: without, files } = preview
  return (
    <ul className="flex flex-col gap-0.5">
      <li>
        The dataset will have <span className="num font-medium">{formatCount(preview.dataset_rows)}</span> of{' '}
        {plural(preview.spine_rows, 'row')}
        {files.length > 1
          ? `: ${files.map(({ name, rows }) => `${name.replace('.parquet', '')} ${formatCount(rows)}`).join(', ')}`
          : ''}
        .
      </li>
      {left.rows > 0 ? (
        <li>
          <span className="num font-medium">{formatCount(left.rows)}</span> left out. {left.reason}
        </li>
      ) : (
        <li className="text-muted">None is left out.</li>
      )}
      {without ? <li>{plural(without, 'row')} of the preview without a label at their own time.</li> : null}
    </ul>
  )
}

/** A hundred rows, really joined, under the statistics of each column. */
export function PreviewView({ preview }: { preview: PreviewResource }) {
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3">
      <h2 className="font-medium text-15">{plural(preview.rows.length, 'row')}, joined now</h2>
      <Counts preview={preview} />
      <div {...scrollRegion('Rows of the preview')} className="max-h-[70vh] overflow-auto border-t border-b">
        <table className="w-max min-w-full text-12">
          <thead>
            <tr>
              {preview.columns.map((column) => (
                <ColumnHead
                  key={column.name}
                  column={column}
                  statistics={preview.statistics.find(({ name }) => name === column.name)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are shown as they came and never move
              <tr key={index} className="border-t">
                {preview.columns.map(({ name, type }) => (
                  <td key={name} className="num max-w-60 truncate whitespace-nowrap px-2 py-1">
                    <ValueText value={row[name]} type={type} none="null" />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
