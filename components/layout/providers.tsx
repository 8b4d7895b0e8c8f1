'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useEffect, useState } from 'react'
import { ClockProvider } from '@/components/ui/clock'
import { fetchDialog } from '@/components/ui/dialog'
import { fetchMenu } from '@/components/ui/menu'
import { fetchToaster, Toaster } from '@/components/ui/toast'
import { fetchPalette } from './command-palette'

export interface ProvidersProps {
  zone: string
  /** The server's clock, ISO. */
  now: string
  children: ReactNode
}

const patienceMs = 3000

/** What opens at a press comes while nobody waits for anything, so that the first press is answered at once. */
function useFetchedAhead() {
  useEffect(() => {
    const fetchAll = () => void Promise.all([fetchMenu(), fetchDialog(), fetchPalette(), fetchToaster()])
    // Safari has no idle callbacks.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(fetchAll, patienceMs)
      return () => clearTimeout(timer)
    }
    const waiting = requestIdleCallback(fetchAll, { timeout: patienceMs })
    return () => cancelIdleCallback(waiting)
  }, [])
}

/** What every page needs around it in the browser. */
export function Providers({ zone, now, children }: ProvidersProps) {
  useFetchedAhead()
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: 1 } } }),
  )
  return (
    <NuqsAdapter>
      <QueryClientProvider client={queryClient}>
        <ClockProvider zone={zone} now={now}>
          {children}
          <Toaster />
        </ClockProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  )
}
