'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { type ProblemError, request } from '@/lib/api-client'
import type { BasketResource } from '@/lib/basket/operations'

const path = '/api/v1/basket'
const basketKey = ['basket'] as const

const read = async (signal: AbortSignal) => (await request<BasketResource>(path, { signal })).data

/** The reader's basket; one question of the browser however many controls ask. */
export function useBasket(initialData?: BasketResource) {
  return useQuery({
    queryKey: basketKey,
    queryFn: ({ signal }) => read(signal),
    ...(initialData ? { initialData } : {}),
  })
}

type Change = { add: string[] } | { remove: string } | { replace: string[] }

async function send(change: Change, environment: string | null): Promise<BasketResource> {
  if ('remove' in change) {
    const one = `${path}/${encodeURIComponent(change.remove)}`
    return (await request<BasketResource>(one, { method: 'DELETE' })).data
  }
  const body = { features: 'add' in change ? change.add : change.replace }
  const method = 'add' in change ? 'POST' : 'PUT'
  const query = environment === null ? {} : { environment }
  return (await request<BasketResource>(path, { method, body, query })).data
}

/** Puts in, takes out and replaces; every control of the page then shows the basket that the portal answered. */
export function useChangeBasket(onDone?: (basket: BasketResource) => void) {
  const client = useQueryClient()
  const environment = useSearchParams().get('environment')
  return useMutation<BasketResource, ProblemError, Change>({
    mutationFn: (change) => send(change, environment),
    onSuccess: (basket) => {
      client.setQueryData(basketKey, basket)
      onDone?.(basket)
    },
  })
}
