import { formatCount, plural } from '@/components/ui/format-number'
import { StateWord } from '@/components/ui/state'

interface ChainStateProps {
  chain: {
    ok: boolean
    sealed: number
    unsealed: number
    first_broken: { seq: number | null; reason: string } | null
  }
}

/** The result of recomputing every hash of the log, as of this page's render. */
export function ChainState({ chain }: ChainStateProps) {
  const tail = chain.unsealed > 0 ? `; ${plural(chain.unsealed, 'row')} not sealed yet` : ''
  return (
    <p className="mb-4">
      {chain.ok ? (
        <StateWord state="ok">
          The chain is whole: {formatCount(chain.sealed)} sealed rows recomputed{tail}.
        </StateWord>
      ) : (
        <StateWord state="fail">
          The chain is broken{chain.first_broken?.seq ? ` at link ${chain.first_broken.seq}` : ''}:{' '}
          {chain.first_broken?.reason}
        </StateWord>
      )}
    </p>
  )
}
