'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Restored } from '@/components/forms/draft-store'
import { featureColumns } from '@/components/forms/feature-grid'
import type { GridRow } from '@/components/forms/grid-model'
import { problemToFields } from '@/components/forms/problem-fields'
import { useDraft } from '@/components/forms/use-draft'
import { fileBody, mediaTypeToSend, sendFile } from '@/components/ingest/send-file'
import type { FormRules } from '@/components/rules/said'
import { ProblemError, request } from '@/lib/api-client'
import type { InferenceResource, ReuseResource } from '@/lib/catalog/operations'
import type { IngestAnswer } from '@/lib/ingestion/operations'
import type { GroupResource } from '@/lib/registry/operations'
import {
  type Definition,
  emptyDefinition,
  fromInference,
  readDefinition,
  toBody,
  withoutReuse,
  withReuse,
  withRoles,
} from './definition'
import { fromGroup } from './from-group'
import { followColumns, mappingOf, renamedRow } from './mapping'

export const types = [
  'float64',
  'int64',
  'string',
  'bool',
  'timestamp',
  'date',
  'int32',
  'float32',
  'decimal(18,2)',
  'bytes',
  'json',
  'array<float64>',
  'array<int64>',
  'array<string>',
]
export const classifications = ['public', 'internal', 'confidential', 'restricted']

/** The grid's columns; a type that inference found stays choosable. */
export const gridColumns = (definition: Definition) =>
  featureColumns(
    [...new Set([...types, ...definition.features.map((row) => row.cells.type ?? '')])].filter(
      (type) => type !== '',
    ),
    classifications,
  )

export type RegisterOutcome =
  | { kind: 'registered'; group: GroupResource }
  | { kind: 'ingested'; group: GroupResource; answer: IngestAnswer }
  | { kind: 'not-ingested'; group: GroupResource; error: ProblemError }

const fieldPaths = new Set([
  'name',
  'description',
  'entity',
  'primary_key',
  'timestamp_key',
  'owner_team',
  'classification',
  'tags',
  'ttl',
  'cadence',
  'domain',
  'purposes',
  'lawful_basis',
  'permitted_use',
  'permitted_use_note',
])
const isField = (path: string) =>
  fieldPaths.has(path) || /^features\.\d+(\.(contract\.)?\w+)?$/.test(path) || /^custom\.\w+$/.test(path)

interface Setting {
  /** The group that the form begins like. */
  like: GroupResource | null
  teams: readonly string[]
  entities: readonly string[]
  environment: string
  rules: FormRules
}

/** What is looked at: a file of the reader's, or a registered source. */
type Origin = File | { source: string }

const nameOf = (origin: Origin) => (origin instanceof File ? origin.name : origin.source)

async function look(origin: Origin): Promise<InferenceResource> {
  const path = '/api/v1/infer'
  if (!(origin instanceof File))
    return (await request<InferenceResource>(path, { method: 'POST', body: { source: origin.source } })).data
  const contentType = mediaTypeToSend(origin.name)
  const raw = { body: await fileBody(origin), contentType }
  return (await request<InferenceResource>(path, { method: 'POST', raw })).data
}

/** The registration form's state and its two requests: infer from a file, then register and bring the rows in. */
export function useRegister({ teams, entities, environment, like, rules }: Setting) {
  const beginning = () => {
    const empty = emptyDefinition(teams[0] ?? '')
    return like ? fromGroup(like, gridColumns(empty), teams) : empty
  }
  const [definition, setDefinition] = useState(beginning)
  const [file, setFile] = useState<File | null>(null)
  const [bringRows, setBringRows] = useState(true)
  /** The feature whose name is being typed. */
  const [typedRow, setTypedRow] = useState<string | null>(null)
  const [restored, setRestored] = useState<Restored | null>(null)
  const isTouched = definition.name !== '' || definition.features.length > 0 || definition.reused.length > 0
  const draft = useDraft<Definition>({
    name: like ? `register.${like.name}` : 'register',
    value: isTouched ? definition : null,
    parse: readDefinition,
    everywhere: true,
    onRestore: (found) => {
      setDefinition(found.value)
      setRestored(found)
    },
  })
  const infer = useMutation<InferenceResource, ProblemError, Origin>({
    mutationFn: look,
    onSuccess: (inferred, origin) =>
      setDefinition((before) => ({
        ...fromInference(inferred, nameOf(origin), gridColumns(before), before),
        source: origin instanceof File ? '' : origin.source,
      })),
  })
  const register = useMutation<RegisterOutcome, ProblemError>({
    mutationFn: async () => {
      const body = { ...toBody(definition, entities, rules.fields), environments: [environment] }
      const { data: group } = await request<GroupResource>('/api/v1/feature-groups', { method: 'POST', body })
      if (!file || !bringRows || group.state !== 'active') return { kind: 'registered', group }
      return bringIn(group, file, environment, mappingOf(definition, infer.data?.columns ?? []).rename)
    },
    onSuccess: () => draft.clear(),
  })
  const faults = register.error ? problemToFields(register.error.problem, isField) : { fields: {}, form: [] }
  return {
    definition,
    change: (part: Partial<Definition>) => setDefinition((before) => ({ ...before, ...part })),
    typedRow,
    changeFeatures: (features: GridRow[]) => {
      setTypedRow(renamedRow(definition.features, features))
      const followed = followColumns(definition.features, features, infer.data?.columns ?? [])
      setDefinition((before) => ({ ...before, features: followed }))
    },
    environment,
    reuse: (row: GridRow, reuse: ReuseResource) => setDefinition((before) => withReuse(before, row, reuse)),
    putBack: (id: string) => setDefinition((before) => withoutReuse(before, id)),
    mapping: file && infer.data ? mappingOf(definition, infer.data.columns) : null,
    file,
    takeFile: (dropped: File) => {
      setFile(dropped)
      infer.mutate(dropped)
    },
    takeSource: (source: string) => {
      setFile(null)
      infer.mutate({ source })
    },
    looked: infer.variables ? nameOf(infer.variables) : null,
    bringRows,
    setBringRows,
    restored,
    keptInBrowser: draft.kept,
    startOver: () => {
      draft.clear()
      setDefinition(beginning())
      setFile(null)
      setRestored(null)
      infer.reset()
      register.reset()
    },
    chooseRoles: (roles: { keys: string[]; timestampKey: string }) => {
      const inferred = infer.data
      if (!inferred) return
      setDefinition((before) => withRoles(before, inferred, gridColumns(before), roles))
    },
    infer,
    register,
    faults,
  }
}
export type Register = ReturnType<typeof useRegister>

/** The group exists already when its rows are refused: that is told, not undone. */
async function bringIn(
  group: GroupResource,
  file: File,
  environment: string,
  rename: Record<string, string | null>,
): Promise<RegisterOutcome> {
  try {
    const answer = await sendFile({
      group: group.name,
      file,
      environment,
      mode: 'strict',
      ignoreUnknown: false,
      rename,
      idempotencyKey: `register-${group.id}`,
    })
    return { kind: 'ingested', group, answer }
  } catch (error) {
    if (error instanceof ProblemError) return { kind: 'not-ingested', group, error }
    throw error
  }
}
