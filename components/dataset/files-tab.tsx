import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { Callout } from '@/components/ui/callout'
import { formatBytes, formatCount } from '@/components/ui/format-number'
import { PhoneWord } from '@/components/ui/phone-word'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { DatasetFileResource, DatasetVersionResource } from '@/lib/datasets/operations'
import { DatasetCode } from './dataset-code'
import { DeleteFiles } from './delete-files'
import { RecreateButton } from './verify-button'

const columns: TableColumn[] = [
  { id: 'name', header: 'File', grow: true, fixed: true, phone: 'first' },
  { id: 'rows', header: 'Rows', align: 'right', width: '110px', phone: 'second' },
  { id: 'size', header: 'Size', align: 'right', width: '100px', phone: 'second' },
  { id: 'hash', header: 'SHA-256', width: '220px', from: 'lg' },
  { id: 'download', header: 'Download', width: '230px', phone: 'first' },
]

const formats = { parquet: 'Parquet', arrow: 'Arrow', csv: 'CSV', ndjson: 'NDJSON' }

const Downloads = ({ file }: { file: DatasetFileResource }) => (
  <span className="flex gap-4">
    {Object.entries(formats).map(([format, word]) => (
      <a key={format} className="link max-md:py-3" href={`${file.url}?format=${format}`} download>
        {word}
      </a>
    ))}
  </span>
)

function Files({ version, mayRead }: { version: DatasetVersionResource; mayRead: boolean }) {
  return (
    <DataTable
      bare
      label="Files"
      columns={columns}
      rows={version.files.map((file) => ({
        id: file.name,
        cells: {
          name: <span className="font-mono text-12">{file.name}</span>,
          rows: (
            <>
              {formatCount(file.rows)} <PhoneWord>rows</PhoneWord>
            </>
          ),
          size: formatBytes(file.bytes),
          hash: <span className="block truncate font-mono text-12 text-muted">{file.sha256}</span>,
          download: mayRead ? <Downloads file={file} /> : <span className="text-muted">refused</span>,
        },
      }))}
    />
  )
}

interface FilesTabProps {
  version: DatasetVersionResource
  /** Null: the reader may take rows out; else why not. */
  readRefusal: string | null
  /** Null: the reader may delete and make again; else why not. */
  changeRefusal: string | null
}

/** What can be downloaded, how programs read it, and the end of it. */
export function FilesTab({ version, readRefusal, changeRefusal }: FilesTabProps) {
  const { files_deleted: deleted } = version
  if (deleted) {
    return (
      <div className="flex flex-col gap-4">
        <Callout tone="warn" title="The files were deleted">
          By {deleted.by}, <Time at={deleted.at} relative />: {deleted.reason}
        </Callout>
        <RecreateButton dataset={version.dataset} version={version.version} refusal={changeRefusal} />
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-8">
      {readRefusal ? (
        <Callout tone="warn" title="You may not read it">
          {readRefusal}
        </Callout>
      ) : null}
      <Files version={version} mayRead={readRefusal === null} />
      <Section title="Read it from a program">
        <DatasetCode version={version} />
      </Section>
      <Section
        title="Delete the files"
        note="What is known about the version stays: specification, statistics, certificate."
      >
        <DeleteFiles version={version} refusal={changeRefusal} />
      </Section>
    </div>
  )
}
