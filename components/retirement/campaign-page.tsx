import { PageHeader } from '@/components/layout/page-header'
import { formatCount } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'
import type { CampaignResource } from '@/lib/retirement/operations'
import { CampaignActs } from './campaign-acts'
import { CampaignItems } from './campaign-items'

interface CampaignPageProps {
  campaign: CampaignResource
  mayManage: boolean
  now: string
}

function Progress({ progress }: Pick<CampaignResource, 'progress'>) {
  const { kept, deprecated, archived, unanswered } = progress
  const parts = [
    { term: 'kept', count: kept },
    { term: 'deprecated', count: deprecated },
    { term: 'archived', count: archived },
    { term: 'without an answer', count: unanswered },
  ]
  return (
    <p className="num">
      {parts.map(({ term, count }, at) => (
        <span key={term}>
          {at > 0 ? ' · ' : ''}
          {formatCount(count)} {term}
        </span>
      ))}
    </p>
  )
}

/** How far a campaign is, and the answers that wait. */
export function CampaignPage({ campaign, mayManage, now }: CampaignPageProps) {
  const { id, title, body, deadline, created_by: by, closed_at: closed, closed_by: closer } = campaign
  const isOpen = closed === null && deadline > now
  return (
    <>
      <PageHeader
        breadcrumbs={{
          crumbs: [{ label: 'Campaigns', href: '/operations/campaigns' }, { label: title }],
          fullName: id,
        }}
        title={title}
        description={body === '' ? undefined : body}
        actions={mayManage && closed === null ? <CampaignActs id={id} title={title} /> : undefined}
        status={
          <div className="flex flex-col gap-1">
            <Progress progress={campaign.progress} />
            <p className="text-12 text-muted">
              Asked by {by}.{' '}
              {closed === null ? (
                <>
                  Answers until <Time at={deadline} precision="minute" />.
                </>
              ) : (
                <>
                  Closed by {closer}, <Time at={closed} precision="minute" />.
                </>
              )}
              {' Of the items that you may know of.'}
            </p>
          </div>
        }
      />
      <CampaignItems campaign={id} items={campaign.items} isOpen={isOpen} />
    </>
  )
}
