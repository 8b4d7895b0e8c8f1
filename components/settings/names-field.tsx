'use client'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { useGroupNames } from '@/components/catalog/use-group-names'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

interface NamesFieldProps {
  names: readonly string[]
  onChange: (names: string[]) => void
  error?: string | undefined
}

/** Feature groups by name, each added and removed on its own. */
export function NamesField({ names, onChange, error }: NamesFieldProps) {
  const [typed, setTyped] = useState('')
  const listId = useId()
  const found = useGroupNames(typed)
  const name = typed.trim()
  const add = () => {
    if (name !== '' && !names.includes(name)) onChange([...names, name])
    setTyped('')
  }
  return (
    <div className="flex flex-col gap-2">
      <Field label="Feature groups" optional error={error} hint="None named: every group that you may.">
        <div className="flex gap-2">
          <Input
            mono
            list={listId}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
          />
          <Button onClick={add} disabled={name === ''}>
            Add
          </Button>
        </div>
      </Field>
      <datalist id={listId}>
        {found.map((hit) => (
          <option key={hit.name} value={hit.name} />
        ))}
      </datalist>
      {names.length > 0 ? (
        <ul aria-label="Feature groups chosen" className="flex flex-wrap gap-1.5">
          {names.map((one) => (
            <li key={one}>
              <button
                type="button"
                aria-label={`Remove ${one}`}
                onClick={() => onChange(names.filter((other) => other !== one))}
                className="inline-flex h-6 items-center gap-1 rounded-control border border-control bg-surface px-1.5 font-mono text-12 hover:bg-sunken max-md:h-11"
              >
                {one}
                <X aria-hidden className="size-3 text-muted" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
