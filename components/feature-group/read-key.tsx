'use client'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { ProblemError, request } from '@/lib/api-client'
import { type KeyAnswer, KeyAnswerView } from './key-answer'
import type { RowsAnswer } from './rows-answer'

interface ReadKeyProps {
  group: string
  version: number
  environment: string
  keys: readonly { name: string; type: string }[]
  /** Nothing is served online: only the history answers. */
  online: boolean
}

/** The answer of the online store for one key, how long it took, and the key's history. */
async function readKey({ group, version, environment, online }: ReadKeyProps, values: string[]) {
  const base = `/api/v1/feature-groups/${encodeURIComponent(group)}`
  const query = { environment, version, int64: 'string' }
  const startedMs = performance.now()
  const answer = online
    ? await request<KeyAnswer>([`${base}/online`, ...values.map(encodeURIComponent)].join('/'), { query })
    : null
  const tookMs = performance.now() - startedMs
  const history = await request<RowsAnswer>(`${base}/rows`, { query: { ...query, limit: 20, key: values } })
  return { answer: answer?.data ?? null, tookMs, history: history.data }
}

/** Type a key, read it: what a model would be given now, and what was known before. */
export function ReadKey(props: ReadKeyProps) {
  const { keys } = props
  const [values, setValues] = useState<string[]>(keys.map(() => ''))
  const read = useMutation({ mutationFn: () => readKey(props, values) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    read.mutate()
  }
  const problem = read.error instanceof ProblemError ? read.error.problem : undefined
  return (
    <div className="flex flex-col gap-4">
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
        {keys.map((key, index) => (
          <Field key={key.name} label={key.name} aside={key.type} className="w-52 max-md:w-full">
            <Input
              mono
              required
              autoComplete="off"
              value={values[index] ?? ''}
              onChange={(event) => setValues(values.with(index, event.target.value))}
            />
          </Field>
        ))}
        <Button type="submit" pending={read.isPending}>
          {read.isPending ? 'Reading…' : 'Read'}
        </Button>
      </form>
      {read.error ? (
        <ErrorState
          title="The key was not read"
          problem={problem ?? { detail: 'The portal did not answer as expected. Try again.' }}
        />
      ) : null}
      {read.data ? <KeyAnswerView {...read.data} /> : null}
    </div>
  )
}
