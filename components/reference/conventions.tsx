import Link from 'next/link'
import { CodeBlock } from '@/components/ui/code-block'
import { toRoute } from '@/components/ui/route'

const setUp =
  'export ALMANAC_URL=https://the-address-of-this-portal\nexport ALMANAC_KEY=the-secret-of-your-key'

/** What holds for every operation, told once. */
export function Conventions() {
  return (
    <div className="grid gap-x-8 gap-y-5 xl:grid-cols-2">
      <div className="prose">
        <p>
          JSON in UTF-8, names in snake_case, times as RFC 3339 in UTC. Send an API key as{' '}
          <code className="font-mono text-12">Authorization: Bearer …</code>;{' '}
          <Link className="link" href={toRoute('/settings/keys/new')}>
            make one in Settings
          </Link>
          . It acts with the rights of its owner.
        </p>
        <p>
          Lists answer <code className="font-mono text-12">data</code> and{' '}
          <code className="font-mono text-12">meta</code> with the total and the next cursor. Data, rights and
          promotion belong to an environment: <code className="font-mono text-12">environment</code>, prod
          when it is absent. PATCH and DELETE of what has an ETag need{' '}
          <code className="font-mono text-12">If-Match</code>.
        </p>
        <p>
          A failure is a problem document (RFC 9457) with a code, the place of each fault and the request’s
          id;{' '}
          <Link className="link" href={toRoute('/docs/errors')}>
            every kind has a page
          </Link>
          . A refusal says which rule refused and who can help.
        </p>
      </div>
      <div className="min-w-0">
        <CodeBlock language="Shell, once" code={setUp} />
      </div>
    </div>
  )
}
