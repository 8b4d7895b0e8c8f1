import { ContractView } from '@/components/contract/contract-view'
import { featureHref, formHref, groupHref } from '@/components/feature-group/place'
import { withParams } from '@/components/ui/route'
import { getContract, listBreaches, listContractVersions } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getContractDays } from '@/lib/monitoring'
import type { GroupView } from '../load-group'
import { Part } from '../part'

const shownBreaches = 50

/** Null: not for this reader. */
async function breachesOf(ctx: Context, group: string, version: number) {
  try {
    return (await listBreaches(ctx, { group, version, limit: shownBreaches })).data
  } catch (error) {
    if (error instanceof DomainError && error.code === 'forbidden') return null
    throw error
  }
}

async function loadContract(ctx: Context, { group: { name: group, version } }: GroupView) {
  const input = { group, version }
  const [contract, { data: versions }, breaches, { days, verdict }] = await Promise.all([
    getContract(ctx, input),
    listContractVersions(ctx, input),
    breachesOf(ctx, group, version),
    getContractDays(ctx, input),
  ])
  return { contract, versions, breaches, days, verdict: verdict.text }
}

/** What the group promises, who signed it, and what broke it. */
export function ContractTab({ view }: { view: GroupView }) {
  const { group, place, environment, acts } = view
  const api = `/api/v1/feature-groups/${encodeURIComponent(group.name)}/contract`
  const of = { version: group.version, environment }
  return (
    <Part what="The contract" environment={environment} work={(ctx) => loadContract(ctx, view)}>
      {({ contract, days, ...loaded }) => {
        const asks = contract.parties.some(
          ({ party, signs_now: now, signed }) => party === 'service' && (now || signed !== null),
        )
        const shown = group.versions.find(({ version }) => version === group.version)
        const wasActivated = shown !== undefined && shown.activated_at !== null
        return (
          <ContractView
            {...loaded}
            contract={contract}
            days={days.map((day) => ({ ...day, href: groupHref(place, 'quality', { day: day.date }) }))}
            features={group.features}
            mayDecide={acts.update.allowed}
            hrefs={{
              propose: acts.update.allowed && wasActivated ? formHref(place, 'contract') : null,
              ask: asks ? withParams(formHref(place, 'contract'), '', { ...of, as: 'reader' }) : null,
              odcs: withParams(`${api}/odcs`, '', of),
              breachesCsv: withParams(`${api}/breaches`, '', { ...of, format: 'csv' }),
              feature: (name) => featureHref(place, name),
            }}
          />
        )
      }}
    </Part>
  )
}
