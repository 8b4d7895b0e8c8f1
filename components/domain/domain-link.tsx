import Link from 'next/link'
import { toRoute } from '@/components/ui/route'

/** The domain that an asset names, as the way to its page. */
export const DomainLink = ({ domain }: { domain: string | null }) =>
  domain === null ? (
    'not stated'
  ) : (
    <Link className="link" href={toRoute(`/domains/${encodeURIComponent(domain)}`)}>
      {domain}
    </Link>
  )
