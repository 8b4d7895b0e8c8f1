'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { ClockProvider } from '@/components/ui/clock'
import { Toaster } from '@/components/ui/toast'
import { TooltipProvider } from '@/components/ui/tooltip'

export interface ProvidersProps {
  zone: string
  /** The server's clock, ISO. */
  now: string
  children: ReactNode
}

/** What every page needs around it in the browser. */
export function Providers({ zone, now, children }: ProvidersProps) {
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: 1 } } }),
  )
  return (
    <NuqsAdapter>
      <QueryClientProvider client={queryClient}>
        <ClockProvider zone={zone} now={now}>
          <TooltipProvider delayDuration={300}>
            {children}
            <Toaster />
          </TooltipProvider>
        </ClockProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  )
}
