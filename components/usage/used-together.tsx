import { assetHref } from '@/components/catalog/asset-href'
import { formatShare, plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import type { TogetherResource } from '@/lib/catalog/operations'

/** Other features of the same reads, and the services that they came through; nothing where it was only read alone. */
export function UsedTogether({ together, days }: { together: TogetherResource; days: number }) {
  const { data, reads, services } = together
  if (data.length === 0) return null
  return (
    <Section
      title="Used together with"
      note={`Of ${plural(reads, 'read')} in ${days} days that asked for other features too, each counted once for every one of them.`}
    >
      <ul className="border-t">
        {data.map((other) => (
          <li key={other.feature} className="flex items-baseline justify-between gap-3 border-b py-1.5">
            <Name name={other.feature} href={assetHref('feature', other.feature)} />
            <span className="num shrink-0 text-12 text-muted">
              {formatShare(other.share)} · {plural(other.reads, 'read')}
            </span>
          </li>
        ))}
      </ul>
      {services.length > 0 ? (
        <p className="mt-2 flex flex-wrap items-baseline gap-x-2 text-12 text-muted">
          through
          {services.map(({ name }) => (
            <Name key={name} name={name} href={assetHref('service', name)} />
          ))}
        </p>
      ) : null}
    </Section>
  )
}
