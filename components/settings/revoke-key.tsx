'use client'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { request } from '@/lib/api-client'
import type { ApiKeyResource } from '@/lib/identity/operations'

/** Ends a key for good; whoever uses it is refused from then on. */
export function RevokeKey({ apiKey, listHref }: { apiKey: ApiKeyResource; listHref: string }) {
  const router = useRouter()
  const { id, name, last_used_at: lastUsed } = apiKey
  const revoke = async () => {
    const path = `/api/v1/api-keys/${encodeURIComponent(id)}`
    await request(path, { method: 'DELETE', headers: { 'if-match': '*' } })
    router.replace(toRoute(listHref), { scroll: false })
    router.refresh()
    toast(`${name} is revoked`)
  }
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Revoke</Button>}
      title={`Revoke ${name}`}
      effects={[
        'Requests with it are refused at once, in every process.',
        lastUsed === null ? (
          'It was never used.'
        ) : (
          <>
            It was last used <Time at={lastUsed} relative />.
          </>
        ),
      ]}
      undo="It cannot be taken back: a new key has a new secret."
      word={name}
      action="Revoke"
      onConfirm={revoke}
    />
  )
}
