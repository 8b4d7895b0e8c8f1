'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Name } from '@/components/ui/name'
import { request } from '@/lib/api-client'
import type { FeatureHitResource } from '@/lib/catalog/operations'
import { ClosedHit, PinnedNote } from './pinned-note'

interface FeaturePickerProps {
  /** `group:feature` or `group@2:feature`, in the order served. */
  selected: readonly string[]
  onChange: (selected: string[]) => void
  /** Whose served versions are pinned. */
  environment: string
  /** By the place in the selection. */
  errors: Readonly<Record<string, string>>
}

const pauseMs = 250
const shownHits = 12
const reference = /^[a-z][a-z0-9_]*(@\d+)?:[a-z][a-z0-9_]*$/

const withoutVersion = (text: string) => text.replace(/@\d+/, '')

function useFeatures(text: string) {
  const [q, setQ] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setQ(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return useQuery({
    queryKey: ['features', q],
    queryFn: async ({ signal }) => {
      const query = { q: withoutVersion(q), limit: shownHits, sort: q === '' ? 'name' : 'relevance' }
      return (await request<{ data: FeatureHitResource[] }>('/api/v1/features', { query, signal })).data.data
    },
    placeholderData: (before) => before,
    retry: false,
  })
}

interface HitProps {
  hit: FeatureHitResource
  environment: string
  isSelected: (reference: string) => boolean
  onAdd: (reference: string) => void
}

function Hit({ hit, environment, isSelected, onAdd }: HitProps) {
  const isAdded = isSelected(hit.name)
  const isOpen = hit.lifecycle === 'active'
  return (
    <li className="flex min-h-9 items-center justify-between gap-3 border-b py-1">
      <span className="min-w-0">
        <Name name={hit.name} href={`/groups/${hit.name.replace(':', '/features/')}`} />
        <span className="block truncate text-12 text-muted">
          {[hit.type, hit.team, hit.description.split('\n')[0]].filter(Boolean).join(' · ')}
        </span>
      </span>
      {isOpen ? (
        <Button
          size="small"
          disabled={isAdded}
          onClick={() => onAdd(hit.name)}
          aria-label={`Add ${hit.name}`}
        >
          {isAdded ? 'Added' : 'Add'}
        </Button>
      ) : (
        <span className="flex shrink-0 flex-col items-end gap-1 text-12 text-muted">
          {hit.lifecycle.replace('_', ' ')}: not for new services
          <ClosedHit reference={hit.name} environment={environment} isSelected={isSelected} onUse={onAdd} />
        </span>
      )}
    </li>
  )
}

function Selected({ selected, onChange, environment, errors }: FeaturePickerProps) {
  const move = (from: number, to: number) => {
    const next = [...selected]
    const [moved] = next.splice(from, 1)
    if (moved !== undefined) next.splice(to, 0, moved)
    onChange(next)
  }
  return (
    <div className="flex flex-col gap-1">
      <p className="font-medium text-12">Features, in the order served</p>
      <ol aria-label="Selected features" className="border-t">
        {selected.map((name, at) => (
          <li key={name} className="border-b py-1">
            <span className="flex min-h-8 items-center justify-between gap-2">
              <span className="min-w-0 truncate font-mono text-12">{name}</span>
              <span className="flex shrink-0 gap-1">
                <Button
                  size="small"
                  variant="quiet"
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                  aria-label={`Move ${name} up`}
                >
                  Up
                </Button>
                <Button
                  size="small"
                  variant="quiet"
                  onClick={() => onChange(selected.filter((one) => one !== name))}
                  aria-label={`Remove ${name}`}
                >
                  Remove
                </Button>
              </span>
            </span>
            <PinnedNote
              reference={name}
              environment={environment}
              isSelected={(reference) => selected.includes(reference)}
              onUse={(reference) => onChange(selected.map((one) => (one === name ? reference : one)))}
            />
            {errors[`features.${at}`] ? (
              <span className="text-12 text-fail">{errors[`features.${at}`]}</span>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** Finds features and puts them in the order in which they are served. A reference with a version can be typed. */
export function FeaturePicker(props: FeaturePickerProps) {
  const { selected, onChange, environment, errors } = props
  const [text, setText] = useState('')
  const found = useFeatures(text.trim())
  const add = (name: string) => {
    if (!selected.includes(name)) onChange([...selected, name])
  }
  const isSelected = (reference: string) =>
    selected.some((name) => withoutVersion(name) === withoutVersion(reference))
  const typed = text.trim()
  const hits = found.data ?? []
  return (
    <section aria-label="Features" className="flex flex-col gap-3">
      {selected.length > 0 ? <Selected {...props} /> : null}
      <Field
        label="Find features"
        error={errors.features}
        hint="By name or meaning. A version is named as group@2:feature, with Enter; else the one served now is pinned."
      >
        <Input
          value={text}
          placeholder="delay"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (!reference.test(typed)) return
            add(typed)
            setText('')
          }}
        />
      </Field>
      <ul aria-label="Found features" className="max-h-80 overflow-y-auto border-t">
        {hits.map((hit) => (
          <Hit key={hit.name} hit={hit} environment={environment} isSelected={isSelected} onAdd={add} />
        ))}
      </ul>
      {found.isSuccess && hits.length === 0 ? (
        <p className="text-12 text-muted">No feature is called so, or means it.</p>
      ) : null}
      {found.isError ? <p className="text-12 text-fail">Features could not be searched: try again.</p> : null}
    </section>
  )
}
