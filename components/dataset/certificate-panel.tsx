import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/section'
import { StateShape } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import { TimedText } from '@/components/ui/timed-text'
import type { CertificateResource, DatasetVersionResource } from '@/lib/datasets/operations'
import { VerifyButton } from './verify-button'

function Verified({ verification }: Pick<DatasetVersionResource, 'verification'>) {
  if (!verification) return null
  const when = (
    <>
      <Time at={verification.at} relative /> by {verification.by}
    </>
  )
  if (verification.equal) {
    return (
      <Callout tone="ok" title="Verified">
        Files, content and evidence are equal to what was built; checked {when}.
      </Callout>
    )
  }
  return (
    <Callout tone="fail" title="It differs">
      <span className="block">Checked {when}.</span>
      <ul className="list-disc pl-4">
        {verification.differences.map((one) => (
          <li key={one} className="[overflow-wrap:anywhere]">
            <TimedText text={one} />
          </li>
        ))}
      </ul>
    </Callout>
  )
}

interface CertificatePanelProps {
  version: DatasetVersionResource
  certificate: CertificateResource
  /** Null: the reader may verify; else why not. */
  refusal: string | null
}

/** The certificate in sentences, and the button that proves them again. */
export function CertificatePanel({ version, certificate, refusal }: CertificatePanelProps) {
  return (
    <Section
      id="certificate"
      title="Certificate"
      note="Found out from the history of every group by another way than the join, row by row."
      aside={<Time at={certificate.checked_at} relative />}
    >
      <div className="flex flex-col gap-4">
        <ul className="flex flex-col border-t">
          {certificate.clauses.map((clause) => (
            <li key={clause.id} className="flex gap-2.5 border-b py-2">
              <span className="pt-1">
                <StateShape state={clause.holds ? 'ok' : 'fail'} />
              </span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <TimedText text={clause.text} />
              </span>
            </li>
          ))}
          {certificate.hidden_parts > 0 ? (
            <li className="border-b py-2 text-muted">
              {certificate.hidden_parts} more about groups that you may not know of.
            </li>
          ) : null}
        </ul>
        <p className="font-mono text-12 text-muted [overflow-wrap:anywhere]">{certificate.content_hash}</p>
        <Verified verification={version.verification} />
        {version.state === 'ready' ? (
          <VerifyButton dataset={version.dataset} version={version.version} refusal={refusal} />
        ) : null}
      </div>
    </Section>
  )
}
