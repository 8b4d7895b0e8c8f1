import { groupHref } from '@/components/feature-group/place'
import { authorize } from '@/lib/audit'
import { getContract, listContractVersions } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { groupFactsOf } from '@/lib/registry'
import { type PageParams, textOf } from '../load-group'

const majorOf = (params: PageParams): number | undefined => {
  const text = textOf(params.version)
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

/** What the form begins with. Errors: `not_found`; `forbidden` to an owner's form for others. */
export async function loadForm(ctx: Context, group: string, params: PageParams) {
  const asked = majorOf(params)
  const input = { group, ...(asked === undefined ? {} : { version: asked }) }
  const contract = await getContract(ctx, input)
  const services = contract.parties.flatMap(({ party, name, may_sign: may }) =>
    party === 'service' && may ? [name] : [],
  )
  const isReader = textOf(params.as) === 'reader' && services.length > 0
  if (!isReader) await authorize(ctx, 'group:update', await groupFactsOf(ctx, group))
  const { data: versions } = await listContractVersions(ctx, input)
  const environment = ctx.environment === 'prod' ? null : ctx.environment
  return {
    group,
    version: contract.version,
    current: contract.proposed ?? contract.contract,
    follows: versions[0]?.number ?? 0,
    services: isReader ? services : null,
    href: groupHref({ name: group, version: asked ?? null, environment }, 'contract'),
  }
}
