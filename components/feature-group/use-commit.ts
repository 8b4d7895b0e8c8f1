'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ProblemError, request } from '@/lib/api-client'
import type { CommitDetail, CommitResource } from '@/lib/ingestion/operations'
import type { ImpactResource } from '@/lib/registry/operations'

/** A commit by its place; what the components of the timeline share. */
export type CommitPlace = Pick<CommitResource, 'group' | 'version' | 'environment' | 'id'>

const groupPath = ({ group }: CommitPlace) => `/api/v1/feature-groups/${encodeURIComponent(group)}`
const commitPath = (place: CommitPlace) => `${groupPath(place)}/commits/${encodeURIComponent(place.id)}`

/** The commit and what it changed. */
export const useCommit = (place: CommitPlace, enabled: boolean) =>
  useQuery<CommitDetail, ProblemError>({
    queryKey: ['commit', place.group, place.environment, place.id],
    queryFn: async ({ signal }) => {
      const query = { environment: place.environment }
      return (await request<CommitDetail>(commitPath(place), { query, signal })).data
    },
    enabled,
  })

/** Services and consumers that read the version. */
export const useReaders = (place: CommitPlace, enabled: boolean) =>
  useQuery<ImpactResource, ProblemError>({
    queryKey: ['impact', place.group, place.version, place.environment],
    queryFn: async ({ signal }) => {
      const query = { environment: place.environment, version: place.version }
      return (await request<ImpactResource>(`${groupPath(place)}/impact`, { query, signal })).data
    },
    enabled,
  })

export const useRevert = (place: CommitPlace, onDone: () => void) =>
  useMutation<CommitResource, ProblemError, string>({
    mutationFn: async (reason) => {
      const query = { environment: place.environment }
      return (
        await request<CommitResource>(`${commitPath(place)}/revert`, {
          method: 'POST',
          query,
          body: { reason },
        })
      ).data
    },
    onSuccess: onDone,
  })
