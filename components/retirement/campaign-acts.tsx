'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { plural } from '@/components/ui/format-number'
import { type ProblemError, request } from '@/lib/api-client'

interface CampaignActsProps {
  id: string
  title: string
}

const reminded = (told: number) =>
  told === 0 ? 'Nobody is left to remind today.' : `${plural(told, 'person', 'people')} reminded.`

/** Reminds those who are silent, or ends the campaign. */
export function CampaignActs({ id, title }: CampaignActsProps) {
  const router = useRouter()
  const path = `/api/v1/retirement/campaigns/${id}`
  const remind = useMutation<number, ProblemError>({
    mutationFn: async () => (await request<{ told: number }>(`${path}/remind`, { method: 'POST' })).data.told,
    onSuccess: () => router.refresh(),
  })
  const close = async () => {
    await request(`${path}/close`, { method: 'POST' })
    router.refresh()
  }
  return (
    <>
      <span role="status" className="text-12 text-muted">
        {remind.data === undefined ? null : reminded(remind.data)}
        {remind.error?.message}
      </span>
      <Button pending={remind.isPending} onClick={() => remind.mutate()}>
        Remind
      </Button>
      <ConfirmDialog
        trigger={<Button>Close…</Button>}
        title={`Close ${title}`}
        effects={['What has no answer stays as it is.', 'No further answer is taken.']}
        undo="It cannot be opened again; another campaign can ask anew."
        action="Close"
        onConfirm={close}
      />
    </>
  )
}
