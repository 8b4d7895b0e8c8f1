import { Callout } from '@/components/ui/callout'
import { MarkedProse } from '@/components/ui/marked-prose'
import type { OutcomeResource } from '@/lib/retirement/operations'
import { assetName, outcomeWords } from './asset-words'

/** What came of an act on several, each refusal with its reason. */
export function Outcomes({ results }: { results: readonly OutcomeResource[] }) {
  if (results.length === 0) return null
  const refused = results.filter((one) => !one.done)
  return (
    <Callout tone={refused.length > 0 ? 'warn' : 'ok'} title={outcomeWords(results)}>
      {refused.length === 0 ? null : (
        <ul>
          {refused.map((one) => (
            <li key={assetName(one)}>
              <span className="font-mono text-12">{assetName(one)}</span>:{' '}
              <MarkedProse text={one.because ?? ''} />
            </li>
          ))}
        </ul>
      )}
    </Callout>
  )
}
