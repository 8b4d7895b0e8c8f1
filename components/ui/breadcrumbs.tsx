import Link from 'next/link'
import { CopyButton } from './copy-button'
import { toRoute } from './route'

export interface Crumb {
  label: string
  href?: string
  mono?: boolean
}

export interface BreadcrumbsProps {
  crumbs: readonly Crumb[]
  /** The address to quote elsewhere, e.g. `flights_by_airport@2:mean_delay_7d`; gets a copy button. */
  fullName?: string
}

export function Breadcrumbs({ crumbs, fullName }: BreadcrumbsProps) {
  return (
    <nav aria-label="Breadcrumbs" className="flex h-6 min-w-0 items-center gap-1 text-12 text-muted">
      <ol className="flex min-w-0 items-center">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1
          const look = `truncate ${crumb.mono ? 'font-mono' : ''}`
          return (
            <li key={`${crumb.label}${crumb.href ?? ''}`} className="flex min-w-0 items-center">
              {index > 0 ? (
                <span aria-hidden className="mx-1.5">
                  /
                </span>
              ) : null}
              {crumb.href && !last ? (
                <Link href={toRoute(crumb.href)} className={`${look} hover:text-ink hover:underline`}>
                  {crumb.label}
                </Link>
              ) : (
                <span
                  aria-current={last ? 'page' : undefined}
                  className={`${look} ${last ? 'text-ink' : ''}`}
                >
                  {crumb.label}
                </span>
              )}
            </li>
          )
        })}
      </ol>
      {fullName ? <CopyButton text={fullName} what={`full name ${fullName}`} /> : null}
    </nav>
  )
}
