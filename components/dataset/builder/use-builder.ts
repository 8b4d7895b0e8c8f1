'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Restored } from '@/components/forms/draft-store'
import { faultsOf } from '@/components/forms/problem-fields'
import { useDraft } from '@/components/forms/use-draft'
import { mediaTypeToSend } from '@/components/ingest/send-file'
import { toRoute } from '@/components/ui/route'
import { type ProblemError, request } from '@/lib/api-client'
import type {
  BuilderChoices,
  BuildResource,
  PreviewResource,
  SpineUploadResource,
} from '@/lib/datasets/operations'
import { buildBody, type Draft, emptyDraft, readDraft, selectionBody } from './draft'
import type { NextVersion } from './next-version'

/** Fields that the server's faults can be shown at. */
const fieldNames = new Set([
  'name',
  'description',
  'owner_team',
  'features',
  'feature_service',
  'spine',
  'spine.from',
  'spine.to',
  'spine.upload',
  'timestamp_column',
  'label',
  'known_at',
  'join_keys',
  'split',
  'split.test_from',
  'split.test',
])

interface Setting {
  choices: BuilderChoices
  environment: string
  /** The dataset whose next version this is; empty for a new one. */
  name: string
  /** The form as the version before was built. */
  next: NextVersion | null
  /** What a new one begins with: a basket’s features, or a service. */
  begins: Partial<Pick<Draft, 'from' | 'features' | 'service'>>
}

/** The builder's state and its three requests: send the rows, preview, build. */
export function useBuilder({ choices, environment, name, next, begins }: Setting) {
  const router = useRouter()
  const blank = () => next?.draft ?? { ...emptyDraft(choices, name), ...begins }
  const [draft, setDraft] = useState(blank)
  const [restored, setRestored] = useState<Restored | null>(null)
  const isChosen =
    draft.service !== '' || draft.features !== '' || draft.upload !== null || draft.group !== ''
  const isTouched = next ? draft !== next.draft : isChosen
  const kept = useDraft<Draft>({
    name: ['dataset', name || 'new', begins.features ?? begins.service ?? []].flat().join('.'),
    value: isTouched ? draft : null,
    parse: readDraft,
    everywhere: true,
    onRestore: (found) => {
      setDraft(found.value)
      setRestored(found)
    },
  })
  const upload = useMutation<SpineUploadResource, ProblemError, File>({
    mutationFn: async (file) => {
      const raw = { body: file, contentType: mediaTypeToSend(file.name) }
      const query = { name: file.name }
      return (await request<SpineUploadResource>('/api/v1/spines', { method: 'POST', query, raw })).data
    },
    onSuccess: (sent) =>
      setDraft((before) => ({ ...before, upload: sent, timestamp: '', keys: {}, labelKeys: {} })),
  })
  const preview = useMutation<PreviewResource, ProblemError>({
    mutationFn: async () =>
      (
        await request<PreviewResource>('/api/v1/training-datasets/preview', {
          method: 'POST',
          query: { int64: 'string' },
          body: selectionBody(draft, choices, environment),
        })
      ).data,
  })
  const build = useMutation<BuildResource, ProblemError>({
    mutationFn: async () =>
      (
        await request<BuildResource>('/api/v1/training-datasets', {
          method: 'POST',
          body: buildBody(draft, choices, environment),
        })
      ).data,
    onSuccess: ({ dataset, version }) => {
      kept.clear()
      router.push(toRoute(`/datasets/${dataset}?version=${version}`))
    },
  })
  const isField = (path: string) => fieldNames.has(path)
  return {
    draft,
    change: (part: Partial<Draft>) => {
      setDraft((before) => ({ ...before, ...part }))
      preview.reset()
    },
    upload,
    preview,
    build,
    faults: faultsOf(build.error ?? preview.error, isField),
    restored,
    keptInBrowser: kept.kept,
    startOver: () => {
      kept.clear()
      setDraft(blank())
      setRestored(null)
      upload.reset()
      preview.reset()
      build.reset()
    },
  }
}
export type Builder = ReturnType<typeof useBuilder>
