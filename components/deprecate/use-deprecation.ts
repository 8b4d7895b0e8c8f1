'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { faultsOf } from '@/components/forms/problem-fields'
import { toast } from '@/components/ui/toast'
import { ProblemError, request } from '@/lib/api-client'
import type { VersionResource } from '@/lib/registry/operations'

const fields = new Set(['reason', 'replacement', 'sunset_at'])

/** Midnight UTC of a date; null without one. */
const instantOf = (date: string): string | null => (date === '' ? null : `${date}T00:00:00Z`)

/** The form of a deprecation and its one request. */
export function useDeprecation(group: string, version: number) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const [replacement, setReplacement] = useState('')
  const [date, setDate] = useState('')
  const sunsetAt = instantOf(date)
  const deprecate = useMutation<VersionResource, ProblemError>({
    mutationFn: async () => {
      const body = { reason: reason.trim(), replacement: replacement.trim() || null, sunset_at: sunsetAt }
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/deprecate`
      return (await request<VersionResource>(path, { method: 'POST', body })).data
    },
    onSuccess: () => {
      toast(`${group}@${version} is deprecated`)
      // The page then shows the version as it is: deprecated.
      router.refresh()
    },
  })
  /** What a field can say is said there; anything else stays in the dialog. */
  const confirm = async () => {
    try {
      await deprecate.mutateAsync()
    } catch (error) {
      if (error instanceof ProblemError && error.problem.errors?.length) return
      throw error
    }
  }
  const hasFields = Boolean(deprecate.error?.problem.errors?.length)
  return {
    reason,
    setReason,
    replacement,
    setReplacement,
    date,
    setDate,
    sunsetAt,
    confirm,
    isBusy: deprecate.isPending || deprecate.isSuccess,
    faults: faultsOf(hasFields ? deprecate.error : null, (path) => fields.has(path)),
  }
}
