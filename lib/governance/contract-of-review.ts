import { getContract } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import type { ReviewContract } from './operations'

/** Where the contract of a version under review stands; `followed`: the major that it follows. Errors: `not_found`. */
export async function contractOfReview(
  ctx: Context,
  group: string,
  version: number,
  followed: number | null,
): Promise<ReviewContract> {
  const { contract, proposed, open_breaches: breaches } = await getContract(ctx, { group, version })
  const earlier =
    contract === null && followed !== null ? await getContract(ctx, { group, version: followed }) : null
  return {
    in_force: contract && { number: contract.number, terms: contract.promises.length },
    proposed: proposed && { number: proposed.number, waits_for: proposed.waits_for },
    followed: earlier?.contract?.number ?? null,
    open_breaches: breaches,
    environment: ctx.environment,
  }
}
