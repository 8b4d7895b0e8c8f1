'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Restored } from '@/components/forms/draft-store'
import { faultsOf } from '@/components/forms/problem-fields'
import { useDraft } from '@/components/forms/use-draft'
import { toRoute } from '@/components/ui/route'
import { type ProblemError, request } from '@/lib/api-client'

interface NewAsset<T extends { name: string }> {
  /** Names the draft in this browser. */
  draft: string
  /** What is typed, read from what this browser kept. */
  parse: (value: unknown) => T | null
  empty: T
  /** Of the interface, e.g. `/api/v1/entities`. */
  path: string
  toBody: (value: T) => object
  /** Members of the body that have a field. */
  isField: (path: string) => boolean
  /** The page of what was made. */
  hrefOf: (name: string) => string
}

/** The state of a form that makes an asset: what is typed survives reload, refusal and an expired session. */
export function useNewAsset<T extends { name: string }>(options: NewAsset<T>) {
  const { draft: name, parse, empty, path, toBody, isField, hrefOf } = options
  const router = useRouter()
  const [value, setValue] = useState(empty)
  const [restored, setRestored] = useState<Restored | null>(null)
  const isTouched = JSON.stringify(value) !== JSON.stringify(empty)
  const draft = useDraft<T>({
    name,
    value: isTouched ? value : null,
    parse,
    everywhere: true,
    onRestore: (found) => {
      setValue(found.value)
      setRestored(found)
    },
  })
  const make = useMutation<{ name: string }, ProblemError>({
    mutationFn: async () =>
      (await request<{ name: string }>(path, { method: 'POST', body: toBody(value) })).data,
    onSuccess: (made) => {
      draft.clear()
      router.push(toRoute(hrefOf(made.name)))
    },
  })
  return {
    value,
    change: (part: Partial<T>) => setValue((before) => ({ ...before, ...part })),
    faults: faultsOf(make.error, isField),
    make,
    restored,
    keptInBrowser: draft.kept,
    startOver: () => {
      draft.clear()
      setValue(empty)
      setRestored(null)
      make.reset()
    },
  }
}
export type NewAssetForm = Pick<
  ReturnType<typeof useNewAsset>,
  'faults' | 'make' | 'restored' | 'keptInBrowser' | 'startOver'
>
