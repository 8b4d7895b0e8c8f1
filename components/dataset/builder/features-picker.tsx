'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NameText } from '@/components/ui/name-text'
import { request } from '@/lib/api-client'
import type { HitResource, SearchResource } from '@/lib/catalog/operations'
import { featureLines } from './draft'

interface FeaturesPickerProps {
  /** References, one a line. */
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

const unversioned = (reference: string) => reference.replace(/@\d+(?=:)/, '')

async function findFeatures(q: string, signal?: AbortSignal): Promise<HitResource[]> {
  const query = { q, kind: 'feature', limit: 10 }
  return (await request<SearchResource>('/api/v1/search', { query, ...(signal ? { signal } : {}) })).data.data
}

/** Names that the catalogue does not know, each with the nearest that it does. */
async function unknownOf(names: readonly string[]): Promise<{ name: string; nearest: string | null }[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const hits = await findFeatures(unversioned(name))
      if (hits.some((hit) => hit.name === unversioned(name))) return null
      const [, feature] = name.split(':')
      const [nearest] = hits.length > 0 || !feature ? hits : await findFeatures(feature)
      return { name, nearest: nearest?.name ?? null }
    }),
  )
  return found.filter((one) => one !== null)
}

/** Features by name, offered while one is typed; a list may be pasted. What is unknown is told with the nearest. */
export function FeaturesPicker({ value, error, onChange }: FeaturesPickerProps) {
  const listId = useId()
  const [typed, setTyped] = useState('')
  const chosen = featureLines(value)
  const offered = useQuery({
    queryKey: ['feature-names', typed.trim()],
    queryFn: ({ signal }) => findFeatures(typed.trim(), signal),
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  const check = useMutation({
    mutationFn: unknownOf,
    onSuccess: (unknown, names) => {
      const known = names.filter((name) => !unknown.some((one) => one.name === name))
      onChange([...new Set([...chosen, ...known])].join('\n'))
      setTyped(unknown.map(({ name }) => name).join(' '))
    },
  })
  const add = (text: string) => {
    const names = featureLines(text)
    if (names.length > 0) check.mutate(names)
  }
  const fault =
    check.error?.message ?? check.data?.map(({ name }) => `There is no feature \`${name}\`.`).join(' ')
  const nearest = check.data?.flatMap((one) => one.nearest ?? []) ?? []
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Add a feature"
        error={fault || error}
        hint="group:feature, or group@2:feature; several at once with spaces between. Labels are chosen below."
      >
        <Input
          mono
          list={listId}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            const text = event.target.value
            check.reset()
            setTyped(text)
            if (offered.data?.some(({ name }) => name === text)) add(text)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add(typed)
          }}
          onBlur={() => add(typed)}
        />
      </Field>
      <datalist id={listId}>
        {(offered.data ?? []).map(({ name, type }) => (
          <option key={name} value={name} label={type ?? ''} />
        ))}
      </datalist>
      {nearest.length > 0 ? (
        <p className="flex flex-wrap items-center gap-2 text-12">
          Did you mean
          {nearest.map((name) => (
            <Button key={name} size="small" onClick={() => add(name)}>
              <span className="font-mono">{name}</span>
            </Button>
          ))}
        </p>
      ) : null}
      <ul aria-label="Chosen features" className="flex flex-col">
        {chosen.map((name) => (
          <li key={name} className="flex items-center justify-between gap-2 border-b py-0.5 text-12">
            <NameText name={name} />
            <IconButton
              label={`Leave out ${name}`}
              onClick={() => onChange(chosen.filter((one) => one !== name).join('\n'))}
            >
              <X aria-hidden className="size-3.5" />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
