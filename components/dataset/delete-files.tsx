'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { formatBytes, plural } from '@/components/ui/format-number'
import { Textarea } from '@/components/ui/textarea'
import { request } from '@/lib/api-client'
import type { DatasetVersionResource } from '@/lib/datasets/operations'
import { bytesOf } from './dataset-words'

/** Takes the files of a version away, with a reason. */
export function DeleteFiles({
  version,
  refusal,
}: {
  version: DatasetVersionResource
  refusal: string | null
}) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const name = `${version.dataset}@${version.version}`
  const remove = async () => {
    await request(
      `/api/v1/training-datasets/${encodeURIComponent(version.dataset)}/versions/${version.version}/files`,
      {
        method: 'DELETE',
        headers: { 'if-match': version.etag },
        body: { reason },
      },
    )
    router.refresh()
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <ConfirmDialog
        trigger={
          <Button variant="danger" disabled={refusal !== null}>
            Delete the files
          </Button>
        }
        title={`Delete the files of ${name}`}
        effects={[
          `${plural(version.files.length, 'file')} with ${formatBytes(bytesOf(version))} go at once; who reads them gets an answer that says so.`,
        ]}
        undo="They can be made again from the specification, as long as the history is there."
        word={version.dataset}
        action="Delete"
        onConfirm={remove}
      >
        <Field label="Reason">
          <Textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </ConfirmDialog>
      {refusal ? <span className="text-12 text-muted">{refusal}</span> : null}
    </div>
  )
}
