'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { ProblemError } from '@/lib/api-client'

export interface KeyColumn {
  name: string
  type: string
}

interface KeyFormProps {
  keys: readonly KeyColumn[]
  /** The key that was asked for last. */
  asked: readonly string[] | null
  onAsk: (values: readonly string[]) => void
  pending: boolean
  /** Why the key that was asked for was not read. */
  error: Error | null
}

/** One field a key column; enter reads. */
export function KeyForm({ keys, asked, onAsk, pending, error }: KeyFormProps) {
  const [values, setValues] = useState<readonly string[]>(asked ?? keys.map(() => ''))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAsk(values)
  }
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : []
  const faultOf = (name: string) => errors.find(({ column }) => column === name)?.reason
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
      {keys.map((key, index) => (
        <Field
          key={key.name}
          label={key.name}
          aside={key.type}
          error={faultOf(key.name)}
          className="w-52 max-md:w-full"
        >
          <Input
            mono
            required
            autoComplete="off"
            spellCheck={false}
            value={values[index] ?? ''}
            onChange={(event) => setValues(values.with(index, event.target.value))}
          />
        </Field>
      ))}
      <Button type="submit" pending={pending} className={keys.length > 0 ? 'md:mt-5' : undefined}>
        {pending ? 'Reading…' : 'Read'}
      </Button>
    </form>
  )
}
