'use client'
import { BadgeCheck } from 'lucide-react'
import { ReasonDialog } from '@/components/ownership/reason-dialog'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Dialog } from '@/components/ui/dialog'
import { MarkedProse } from '@/components/ui/marked-prose'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { Certificate, CertificationResource, Criterion } from '@/lib/certification/operations'

const words: Record<CertificationResource['state'], string> = {
  none: 'not certified',
  certified: 'certified',
  lapsed: 'certification lapsed',
  revoked: 'certification revoked',
  other_version: 'earlier version certified',
}

const criterionWords: Record<Criterion['name'], string> = {
  owned: 'Owned',
  described: 'Described',
  contracted: 'Under contract',
  reviewed: 'Reviewed',
  no_open_breach: 'No open breach',
}

function Criteria({ criteria }: { criteria: readonly Criterion[] }) {
  return (
    <ul className="border-t">
      {criteria.map(({ name, met, detail }) => (
        <li key={name} className="flex min-h-8 flex-wrap items-baseline gap-x-3 border-b py-1.5">
          <span className="w-32 shrink-0">
            <StateWord state={met ? 'ok' : 'warn'}>{criterionWords[name]}</StateWord>
          </span>
          <span className="min-w-0 text-12 text-muted">{detail}</span>
        </li>
      ))}
    </ul>
  )
}

function History({ history }: { history: readonly Certificate[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {history.map((one) => (
        <li key={one.id} className="text-12">
          <p>
            Version {one.version} · {one.certified_by} · <Time at={one.certified_at} precision="day" /> until{' '}
            <Time at={one.expires_at} precision="day" />
          </p>
          <p className="text-muted">
            <MarkedProse text={one.reason} />
          </p>
          {one.revoked_at ? (
            <p className="text-warn">
              Taken back by {one.revoked_by} on <Time at={one.revoked_at} precision="day" />:{' '}
              <MarkedProse text={one.revoke_reason ?? ''} />
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Acts({ certification: { asset, state, certify, criteria } }: CertificationMarkProps) {
  const path = `/api/v1/certifications/${asset.kind}/${encodeURIComponent(asset.name)}`
  if (!certify.allowed) {
    const help = certify.who_can_help.length > 0 ? ` Ask ${certify.who_can_help.join(' or ')}.` : ''
    return (
      <p className="text-12 text-muted">
        You cannot certify it. {certify.rule}
        {help}
      </p>
    )
  }
  const isReady = criteria.every(({ met }) => met)
  return (
    <div className="flex flex-wrap gap-2">
      {isReady && criteria.length > 1 ? (
        <ReasonDialog
          label={state === 'certified' ? 'Certify anew…' : 'Certify…'}
          action="Certify"
          name={asset.name}
          title={`Certify ${asset.name}`}
          effect="For half a year, for the version that is served now. Its followers are told."
          path={path}
          needsReason
          variant="primary"
        />
      ) : (
        <p className="text-12 text-muted">It can be certified once all of this is met.</p>
      )}
      {state === 'certified' || state === 'lapsed' || state === 'other_version' ? (
        <ReasonDialog
          label="Take back…"
          action="Take back"
          name={asset.name}
          title={`Take back the certification of ${asset.name}`}
          effect="It is seen on the page, with the reason. Its followers are told."
          path={`${path}/revoke`}
          needsReason
          variant="danger"
        />
      ) : null}
    </div>
  )
}

interface CertificationMarkProps {
  certification: CertificationResource
}

/** A word beside the title; behind it what is asked of the asset, who stood for it, and the act itself. */
export function CertificationMark({ certification }: CertificationMarkProps) {
  const { asset, state, criteria, history } = certification
  const isNote = state === 'lapsed' || state === 'revoked' || state === 'other_version'
  return (
    <Dialog
      trigger={
        <Button
          size="small"
          variant="quiet"
          className={cn(state === 'certified' && 'text-ok', isNote && 'text-warn')}
        >
          {state === 'certified' ? <BadgeCheck aria-hidden className="size-3.5" /> : null}
          {words[state]}
        </Button>
      }
      title={`Certification of ${asset.name}`}
      description="A reviewer’s word that it can be relied on, for one version and until a day."
      wide
    >
      <div className="flex flex-col gap-4">
        <Criteria criteria={criteria} />
        {history.length > 0 ? <History history={history} /> : null}
        <Acts certification={certification} />
      </div>
    </Dialog>
  )
}
