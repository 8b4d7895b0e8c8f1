import Link from 'next/link'
import { Mask } from '@/components/feature-group/mask'
import { MaskedNote } from '@/components/feature-group/masked-note'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { scrollRegion } from '@/components/ui/scroll-region'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { DatasetRowsResource } from '@/lib/datasets/operations'
import { datasetHref } from './dataset-words'
import { ValueText } from './value-text'

interface DataTabProps {
  dataset: string
  version: number
  /** Names of all files. */
  files: readonly string[]
  data: DatasetRowsResource
}

const isNumber = (type: string) => /^(int|float|decimal)/.test(type)

function Rows({ columns, rows, masked }: Pick<DatasetRowsResource, 'columns' | 'rows' | 'masked'>) {
  const isMasked = (column: string) => masked.some(({ name }) => name === column)
  return (
    <div {...scrollRegion('Rows of the dataset')} className="max-h-[70vh] overflow-auto border-t border-b">
      <table className="w-max min-w-full text-12">
        <thead>
          <tr>
            {columns.map(({ name, type, role }) => (
              <th
                key={name}
                scope="col"
                className="sticky top-0 bg-page px-2 py-1.5 text-left align-top font-normal"
              >
                <span className="block whitespace-nowrap font-medium font-mono">{name}</span>
                <span className="block whitespace-nowrap text-11 text-muted">
                  {role}, {type}
                  {isMasked(name) ? ', masked' : null}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are shown as they came and never move
            <tr key={index} className="border-t hover:bg-ink-tint">
              {columns.map(({ name, type }) => (
                <td
                  key={name}
                  className={`num h-8 max-w-60 truncate whitespace-nowrap px-2 ${isNumber(type) ? 'text-right' : ''}`}
                >
                  {isMasked(name) ? (
                    <Mask column={name} />
                  ) : (
                    <ValueText value={row[name]} type={type} none="null" />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The first rows of a version as they lie in its file, which never changes. */
export function DataTab({ dataset, version, files, data }: DataTabProps) {
  const { file, total, columns, rows, masked } = data
  if (rows.length === 0)
    return (
      <EmptyState title="No row is in it">
        Every row of the spine was left out; the overview says why.
      </EmptyState>
    )
  const download = datasetHref(dataset, version, 'files')
  return (
    <Section
      title={`The first ${plural(rows.length, 'row')} of ${formatCount(total)}`}
      note="As they lie in the file. This look stands in the audit log."
      aside={
        // A file has every column, or is nobody's.
        masked.length > 0 ? null : (
          <Link href={toRoute(download)} className="link">
            All rows as a file
          </Link>
        )
      }
    >
      <div className="flex flex-col gap-3">
        {files.length > 1 ? (
          <SegmentedControl
            label="File"
            value={file ?? ''}
            segments={files.map((name) => ({
              value: name,
              label: name.replace('.parquet', ''),
              href: `${datasetHref(dataset, version, 'data')}&file=${encodeURIComponent(name)}`,
            }))}
          />
        ) : null}
        <MaskedNote masked={masked} />
        <Rows columns={columns} rows={rows} masked={masked} />
      </div>
    </Section>
  )
}
