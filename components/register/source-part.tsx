import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'

interface SourcePartProps {
  /** Names of the sources that hold something to look at. */
  sources: readonly string[]
  pending: boolean
  onSource: (name: string) => void
}

/** The other beginning: what a registered source holds, a file below sources/ or a table of a database. */
export function SourcePart({ sources, pending, onSource }: SourcePartProps) {
  const [name, setName] = useState('')
  if (sources.length === 0) return null
  return (
    <div className="flex max-w-140 items-start gap-2">
      <Field
        className="grow"
        label="Or look at a data source"
        hint="A file below sources/, or a table of a database: types, keys and statistics are read from it."
      >
        <Select
          mono
          placeholder="choose a source"
          options={sources}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Button className="mt-5" disabled={name === ''} pending={pending} onClick={() => onSource(name)}>
        Look at it
      </Button>
    </div>
  )
}
