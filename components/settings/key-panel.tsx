import { DetailPanel } from '@/components/layout/detail-panel'
import { FactsList } from '@/components/ui/facts-list'
import { Time } from '@/components/ui/time'
import type { ApiKeyResource } from '@/lib/identity/operations'
import { scopeLabel } from './key-words'
import { RevokeKey } from './revoke-key'

const Mono = ({ names, none }: { names: readonly string[]; none: string }) =>
  names.length === 0 ? none : <span className="font-mono text-12">{names.join(', ')}</span>

interface KeyPanelProps {
  apiKey: ApiKeyResource
  closeHref: string
  widthPx: number
}

/** Everything about one key but its secret, and the way to end it. */
export function KeyPanel({ apiKey: key, closeHref, widthPx }: KeyPanelProps) {
  return (
    <DetailPanel title={key.name} label={`API key ${key.name}`} closeHref={closeHref} widthPx={widthPx}>
      <FactsList
        facts={[
          { term: 'Begins with', value: <code className="font-mono text-12">{key.prefix}</code> },
          {
            term: 'Acts for',
            value: key.owner.name,
            ...(key.owner.kind === 'service' ? { note: 'A service account.' } : {}),
          },
          { term: 'Environments', value: <Mono names={key.environments} none="every environment" /> },
          { term: 'Feature groups', value: <Mono names={key.groups} none="every group" /> },
          { term: 'Made', value: <Time at={key.created_at} /> },
          { term: 'Expires', value: key.expires_at ? <Time at={key.expires_at} /> : 'never' },
          { term: 'Last used', value: key.last_used_at ? <Time at={key.last_used_at} /> : 'never' },
        ]}
      />
      <h3 className="mt-5 mb-2 font-medium">May</h3>
      {key.scopes.length === 0 ? (
        <p>Everything that {key.owner.name} may.</p>
      ) : (
        <ul className="border-t">
          {key.scopes.map((scope) => (
            <li key={scope} className="flex min-h-8 items-center justify-between gap-3 border-b py-1">
              <span>{scopeLabel(scope)}</span>
              <code className="font-mono text-12 text-muted">{scope}</code>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-6">
        <RevokeKey apiKey={key} listHref={closeHref} />
      </div>
    </DetailPanel>
  )
}
