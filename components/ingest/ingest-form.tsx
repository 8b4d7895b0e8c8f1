'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { WasThisHard } from '@/components/feedback/was-this-hard'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { FileDrop } from '@/components/ui/file-drop'
import { formatBytes } from '@/components/ui/format-number'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { ProblemError } from '@/lib/api-client'
import type { IngestAnswer } from '@/lib/ingestion/operations'
import { declaredSpellings, readCsvHeader } from './csv-header'
import { IngestDone, IngestRefused } from './ingest-outcome'
import { acceptedEndings, mediaTypeOf, sendFile } from './send-file'

type Mode = 'strict' | 'quarantine'

const modes = [
  { value: 'strict' as const, label: 'All or nothing' },
  { value: 'quarantine' as const, label: 'Keep bad rows aside' },
]

const modeMeaning: Record<Mode, string> = {
  strict: 'One faulty row and nothing is stored; every fault is listed by row and column.',
  quarantine: 'Good rows are stored; faulty ones are kept with what is wrong, to be corrected and replayed.',
}

interface IngestFormProps {
  group: string
  version: number
  environment: string
  /** Names of the columns that a row may hold. */
  declared: readonly string[]
}

/** A CSV's header may spell the declared names otherwise, as the file did from which the group was registered. */
const spellingsOf = async (file: File, declared: readonly string[]) =>
  mediaTypeOf(file.name) === 'text/csv' ? declaredSpellings(await readCsvHeader(file), declared) : {}

/** Sends a file's rows to a group and shows what became of them. */
export function IngestForm({ group, version, environment, declared }: IngestFormProps) {
  const router = useRouter()
  const [file, setFile] = useState<File | null>(null)
  const [mode, setMode] = useState<Mode>('strict')
  const [ignoreUnknown, setIgnoreUnknown] = useState(false)
  const send = useMutation<IngestAnswer, ProblemError, { file: File; idempotencyKey: string }>({
    mutationFn: async (attempt) => {
      const rename = await spellingsOf(attempt.file, declared)
      return sendFile({ group, version, environment, mode, ignoreUnknown, rename, ...attempt })
    },
    onSuccess: () => router.refresh(),
  })
  return (
    <div className="flex max-w-[68ch] flex-col gap-5">
      <FileDrop
        label="Drop a CSV, Parquet, Arrow, NDJSON or JSON file"
        hint="The first line of a CSV names the columns; “Pallet Ref” is read as pallet_ref. Empty means null; two quotes mean an empty text."
        accept={acceptedEndings}
        file={file}
        disabled={send.isPending}
        onFile={(dropped) => {
          setFile(dropped)
          send.reset()
        }}
      />
      <div className="flex flex-col gap-1">
        <SegmentedControl
          label="Faulty rows"
          value={mode}
          segments={modes}
          onChange={(next) => setMode(next === 'quarantine' ? next : 'strict')}
        />
        <p className="text-12 text-muted">{modeMeaning[mode]}</p>
      </div>
      <Checkbox
        label="Leave out columns that the group does not declare"
        checked={ignoreUnknown}
        onChange={(event) => setIgnoreUnknown(event.target.checked)}
      />
      <div>
        <Button
          variant="primary"
          disabled={!file}
          pending={send.isPending}
          onClick={() => file && send.mutate({ file, idempotencyKey: crypto.randomUUID() })}
        >
          {file ? `Ingest ${file.name} (${formatBytes(file.size)})` : 'Ingest'}
        </Button>
      </div>
      <div aria-live="polite">
        {send.data ? (
          <IngestDone group={group} version={version} environment={environment} answer={send.data} />
        ) : null}
        {send.error ? <IngestRefused error={send.error} /> : null}
      </div>
      <WasThisHard kind="form" form="Ingest" requestId={send.error?.problem.request_id} />
    </div>
  )
}
