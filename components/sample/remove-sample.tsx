'use client'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { plural } from '@/components/ui/format-number'
import { toast } from '@/components/ui/toast'
import { request } from '@/lib/api-client'
import type { SampleResource } from '@/lib/sample/operations'
import { removeWord } from '@/lib/sample/plain'

/** Takes the sample away, unless somebody has built on it. */
export function RemoveSample({ sample }: { sample: Pick<SampleResource, 'assets' | 'used_by'> }) {
  const router = useRouter()
  const { assets, used_by: users } = sample
  if (users.length > 0) {
    return (
      <div className="prose">
        <p>It stays whole while these stand on it:</p>
        <ul className="mt-1 list-disc pl-4">
          {users.map((user) => (
            <li key={user}>{user}</li>
          ))}
        </ul>
      </div>
    )
  }
  const remove = async () => {
    await request('/api/v1/sample/remove', { method: 'POST', body: { confirm: removeWord } })
    router.refresh()
    toast('The sample is removed')
  }
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Remove the sample</Button>}
      title="Remove the sample"
      effects={[
        `${plural(assets.groups.length, 'feature group')} with all rows, ${plural(assets.services.length, 'service')}, ${plural(assets.entities.length, 'entity', 'entities')} and ${plural(assets.sources.length, 'source')} go at once.`,
        'Teams, people and the audit log stay.',
      ]}
      undo="It cannot be undone; loading it again starts from the beginning."
      word={removeWord}
      action="Remove"
      onConfirm={remove}
    />
  )
}
