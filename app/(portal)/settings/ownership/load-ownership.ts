import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { listJoinRequests } from '@/lib/identity'
import { listDeserted, listTransfers } from '@/lib/ownership'
import { listTransfersQuery } from '@/lib/ownership/operations'

const newest = listTransfersQuery.parse({ limit: 100 })

/** What the reader has to decide, waits for, or should know about who owns what. */
export async function loadOwnership(ctx: Context) {
  const managesPeople = decide(ctx, 'people:manage', systemResource).allowed
  const [transfers, open, requests, deserted] = await Promise.all([
    listTransfers(ctx, newest),
    listTransfers(ctx, { ...newest, state: 'proposed' }),
    listJoinRequests(ctx, { state: 'waiting' }),
    managesPeople ? listDeserted(ctx) : { data: [] },
  ])
  return {
    open: open.data,
    decided: transfers.data.filter(({ state }) => state !== 'proposed'),
    requests: requests.data,
    deserted: deserted.data,
  }
}
