'use client'
import Link from 'next/link'
import { groupHref } from '@/components/feature-group/place'
import { entitiesOf, type KeyCall } from '@/components/read-key/key-code'
import { KeyCodeBlock } from '@/components/read-key/key-code-block'
import { type KeyColumn, KeyForm } from '@/components/read-key/key-form'
import { ReadFailure } from '@/components/read-key/read-failure'
import { timedRequest } from '@/components/read-key/timed-request'
import { TookLine } from '@/components/read-key/took-line'
import { useKeyRead } from '@/components/read-key/use-key-read'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { type ServiceAnswer, ServiceValues } from './service-values'

/** A group that the service reads, with its key columns in their order. */
export interface ServedGroup {
  name: string
  version: number
  keys: readonly KeyColumn[]
}

interface ReadServiceKeyProps {
  service: string
  environment: string
  groups: readonly ServedGroup[]
}

/** All key columns, in the order in which the groups first name them. */
function keysOf(groups: readonly ServedGroup[]): KeyColumn[] {
  const named = new Map<string, KeyColumn>()
  for (const { keys } of groups) for (const key of keys) if (!named.has(key.name)) named.set(key.name, key)
  return [...named.values()]
}

const bodyOf = (
  { service, environment }: ReadServiceKeyProps,
  keys: readonly KeyColumn[],
  values: readonly string[],
): NonNullable<KeyCall['body']> => ({
  feature_service: service,
  entities: entitiesOf(keys, values),
  environment,
  metadata: true,
})

interface HistoriesProps extends ReadServiceKeyProps {
  keys: readonly KeyColumn[]
  values: readonly string[]
}

/** The history of a key stands with the group whose key it is. */
function Histories({ groups, environment, keys, values }: HistoriesProps) {
  const valueAt = (name: string) => values[keys.findIndex((key) => key.name === name)] ?? ''
  return (
    <Section title="History of the key" note="Kept by each group that the service reads.">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {groups.map((group) => {
          const place = {
            name: group.name,
            version: group.version,
            environment: environment === 'prod' ? null : environment,
          }
          const key = group.keys.length === 0 ? [''] : group.keys.map(({ name }) => valueAt(name))
          const more = key.map((one) => `&key=${encodeURIComponent(one)}`).join('')
          return (
            <li key={group.name}>
              <Link className="link font-mono text-12" href={toRoute(groupHref(place, 'data') + more)}>
                {group.name}
              </Link>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

/** Type a key, read the whole service: what the model would be given now. */
export function ReadServiceKey(props: ReadServiceKeyProps) {
  const keys = keysOf(props.groups)
  const { asked, again, answer } = useKeyRead(
    ['read service', props.service, props.environment],
    keys.length,
    (values, signal) =>
      timedRequest<ServiceAnswer>('/api/v1/online-features', {
        method: 'POST',
        query: { int64: 'string' },
        body: bodyOf(props, keys, values),
        signal,
      }),
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
      {answer.data && !answer.error && asked ? (
        <div className="flex flex-col gap-6" aria-live="polite">
          <div>
            <p className="mb-2">
              <TookLine took={answer.data.took} />
            </p>
            <ServiceValues answer={answer.data.data} />
          </div>
          <Histories {...props} keys={keys} values={asked} />
          <Section title="The same read as code">
            <KeyCodeBlock path="/api/v1/online-features" body={bodyOf(props, keys, asked)} />
          </Section>
        </div>
      ) : null}
    </div>
  )
}
