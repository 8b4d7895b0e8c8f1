import type { ReactNode } from 'react'
import { Breadcrumbs, type BreadcrumbsProps } from '@/components/ui/breadcrumbs'
import { cn } from '@/components/ui/cn'
import { type TabLink, TabLinks } from '@/components/ui/tab-links'
import { type VerdictClause, VerdictLine } from '@/components/ui/verdict-line'

export interface PageHeaderProps {
  breadcrumbs?: BreadcrumbsProps
  title: ReactNode
  /** 28 px for the page of a room or an entity, 20 px for an asset with tabs. */
  size?: 'room' | 'asset'
  /** Beside the title: kind glyph before it, version switch and lifecycle after it. */
  before?: ReactNode
  after?: ReactNode
  /** At most one of them primary. */
  actions?: ReactNode
  /** One sentence of meaning under the title. */
  description?: ReactNode
  verdict?: readonly VerdictClause[]
  /** Under the verdict: what comes later by itself, or changes how the whole page is read. */
  status?: ReactNode
  tabs?: readonly TabLink[]
}

/** Breadcrumb · title with actions · verdict · tabs, always in this order. */
export function PageHeader(props: PageHeaderProps) {
  const {
    breadcrumbs,
    title,
    size = 'room',
    before,
    after,
    actions,
    description,
    verdict,
    status,
    tabs,
  } = props
  return (
    <header className="mb-5 flex flex-col gap-2">
      {breadcrumbs ? <Breadcrumbs {...breadcrumbs} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          {before}
          <h1
            className={cn(
              'min-w-0 font-medium font-title [overflow-wrap:anywhere]',
              size === 'room' ? 'text-28' : 'text-20',
            )}
          >
            {title}
          </h1>
          {after}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {description ? <p className="prose text-muted">{description}</p> : null}
      {verdict && verdict.length > 0 ? <VerdictLine clauses={verdict} /> : null}
      {status}
      {tabs && tabs.length > 0 ? <TabLinks label="Parts of this page" tabs={tabs} /> : null}
    </header>
  )
}
