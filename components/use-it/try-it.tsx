'use client'
import { useMutation } from '@tanstack/react-query'
import { StatusWord, type ValueStatus } from '@/components/feature-group/key-answer'
import { exactText } from '@/components/feature-group/words'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { formatMilliseconds } from '@/components/ui/format-number'
import { Input } from '@/components/ui/input'
import { scrollRegion } from '@/components/ui/scroll-region'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import { ProblemError, request } from '@/lib/api-client'
import type { UsableAsset } from './asset'
import { onlineBody } from './snippets'

interface OnlineAnswer {
  features: string[]
  values: unknown[][]
  statuses: ValueStatus[][]
  event_times: (string | null)[][]
}

interface TryItProps {
  asset: UsableAsset
  environment: string
  /** The key, as texts in the order of the key columns. */
  values: readonly string[]
  onValues: (values: readonly string[]) => void
}

/** POST /online-features, as the code does it, timed here. */
async function read({ asset, environment, values }: TryItProps) {
  const body = onlineBody({ asset, environment, origin: '', example: { values, eventTime: '' } })
  const startedMs = performance.now()
  const answer = await request<OnlineAnswer>('/api/v1/online-features', {
    method: 'POST',
    query: { int64: 'string' },
    body,
  })
  return { answer: answer.data, tookMs: performance.now() - startedMs }
}

function Answer({ answer, tookMs }: { answer: OnlineAnswer; tookMs: number }) {
  return (
    <div aria-live="polite">
      <p className="mb-2">
        Answered in <span className="num">{formatMilliseconds(tookMs)}</span>
        <span className="text-muted">, seen from this browser</span>
      </p>
      <div {...scrollRegion('The answer')} className="overflow-x-auto">
        <table className="w-full border-t">
          <caption className="sr-only">The answer, by feature</caption>
          <tbody>
            {answer.features.map((name, index) => (
              <tr key={name} className="border-b">
                <th scope="row" className="h-8 pr-4 text-left font-mono text-12 font-normal">
                  {name}
                </th>
                <td
                  className="num max-w-60 truncate pr-4 text-right"
                  title={exactText(answer.values[index]?.[0])}
                >
                  {exactText(answer.values[index]?.[0])}
                </td>
                <td className="whitespace-nowrap pr-4">
                  <StatusWord status={answer.statuses[index]?.[0] ?? 'NOT_FOUND'} />
                </td>
                <td className="whitespace-nowrap text-right text-12 text-muted">
                  {answer.event_times[index]?.[0] ? (
                    <Time at={answer.event_times[index][0]} precision="second" />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** A real read with the reader's own rights; the key can be changed. */
export function TryIt(props: TryItProps) {
  const { asset, values, onValues } = props
  const attempt = useMutation({ mutationFn: () => read(props) })
  const problem = attempt.error instanceof ProblemError ? attempt.error.problem : undefined
  return (
    <Section
      title="Try it"
      note="A real read of the online store, with your rights; it counts as yours. The code below takes the same key."
    >
      <form
        className="mb-3 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate()
        }}
      >
        {asset.keys.map((key, index) => (
          <Field key={key.name} label={key.name} aside={key.type} className="w-44 max-md:w-full">
            <Input
              mono
              autoComplete="off"
              value={values[index] ?? ''}
              onChange={(event) => onValues(values.with(index, event.target.value))}
            />
          </Field>
        ))}
        <Button type="submit" pending={attempt.isPending}>
          {attempt.isPending ? 'Reading…' : 'Try it'}
        </Button>
      </form>
      {attempt.error ? (
        <ErrorState
          title="Not read"
          problem={problem ?? { detail: 'The portal did not answer as expected. Try again.' }}
        />
      ) : null}
      {attempt.data ? <Answer {...attempt.data} /> : null}
    </Section>
  )
}
