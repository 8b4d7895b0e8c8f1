'use client'
import { type KeyColumn, KeyForm } from '@/components/read-key/key-form'
import { ReadFailure } from '@/components/read-key/read-failure'
import { timedRequest } from '@/components/read-key/timed-request'
import { useKeyRead } from '@/components/read-key/use-key-read'
import { request } from '@/lib/api-client'
import { type KeyAnswer, KeyAnswerView } from './key-answer'
import type { RowsAnswer } from './rows-answer'

interface ReadKeyProps {
  group: string
  version: number
  environment: string
  keys: readonly KeyColumn[]
  /** Nothing is served online: only the history answers. */
  online: boolean
}

const historyRows = 20

/** Where the online store answers for one key, below the portal's own origin. */
const pathOf = ({ group, environment, version }: ReadKeyProps, values: readonly string[]) => {
  const place = ['/api/v1/feature-groups', group, 'online', ...values].map((part, index) =>
    index === 0 ? part : encodeURIComponent(part),
  )
  return `${place.join('/')}?${new URLSearchParams({ environment, version: String(version) })}`
}

/** The answer of the online store for one key, how long it took, and the key's history. */
async function readKey(props: ReadKeyProps, values: readonly string[], signal: AbortSignal) {
  const { group, version, environment, online } = props
  const options = { query: {}, signal }
  const now = online ? await timedRequest<KeyAnswer>(`${pathOf(props, values)}&int64=string`, options) : null
  const history = await request<RowsAnswer>(`/api/v1/feature-groups/${encodeURIComponent(group)}/rows`, {
    query: { environment, version, int64: 'string', limit: historyRows, key: [...values] },
    signal,
  })
  return { answer: now?.data ?? null, took: now?.took ?? null, history: history.data }
}

/** Type a key, read it: what a model would be given now, and what was known before. */
export function ReadKey(props: ReadKeyProps) {
  const { group, version, environment, keys } = props
  const { asked, again, answer } = useKeyRead(
    ['read key', group, version, environment],
    keys.length,
    (values, signal) => readKey(props, values, signal),
  )
  return (
    <div className="flex flex-col gap-4">
      <KeyForm
        key={JSON.stringify(asked)}
        keys={keys}
        asked={asked}
        onAsk={again}
        pending={answer.isFetching}
        error={answer.error}
      />
      {answer.error ? <ReadFailure error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data && !answer.error ? (
        <KeyAnswerView {...answer.data} path={pathOf(props, asked ?? [])} />
      ) : null}
    </div>
  )
}
