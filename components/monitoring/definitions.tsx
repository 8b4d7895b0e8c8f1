import type { Definition } from '@/lib/monitoring/operations'

/** How each number is computed: across tools the same name means different things. */
export function Definitions({ definitions }: { definitions: readonly Definition[] }) {
  return (
    <details className="text-12">
      <summary className="w-max text-muted hover:text-ink max-md:min-h-11 max-md:pt-3">
        How these numbers are computed
      </summary>
      <dl className="prose mt-2 space-y-2">
        {definitions.map(({ name, text }) => (
          <div key={name}>
            <dt className="font-mono">{name}</dt>
            <dd className="text-muted">{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
