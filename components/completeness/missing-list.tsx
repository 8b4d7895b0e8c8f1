import Link from 'next/link'
import { toRoute } from '@/components/ui/route'
import type { CompletenessResource } from '@/lib/completeness/operations'

/** What an asset lacks, each as the way to where it is filled in. */
export function MissingList({ missing }: { missing: CompletenessResource['missing'] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {missing.map(({ item, label, mandatory, href }) => (
        <li key={item} className="max-md:flex max-md:min-h-11 max-md:items-center">
          <Link className="link" href={toRoute(href)}>
            {label}
          </Link>
          {mandatory ? <span className="text-12 text-muted"> (mandatory)</span> : null}
        </li>
      ))}
    </ul>
  )
}
