import { whoIsHit } from '@/components/deprecate/consequences'
import type { State } from '@/components/ui/state'
import type { PromotionCheckResource, PromotionResource } from '@/lib/registry/operations'

export const checkStates: Record<PromotionCheckResource['state'], State> = {
  passed: 'ok',
  failed: 'fail',
  warning: 'warn',
  not_applicable: 'unknown',
}

/** Checks that do not pass: those that can be accepted knowingly, and those that cannot. */
export function openChecks(checks: readonly PromotionCheckResource[]) {
  const failed = checks.filter(({ state }) => state === 'failed')
  return {
    acceptable: failed.filter((one) => one.acceptable),
    final: failed.filter((one) => !one.acceptable),
  }
}

/** What the promotion will do and to whom, a sentence each. */
export function promoteEffects(promotion: PromotionResource): string[] {
  const { group, version, environment, serving, impact } = promotion
  const hit = impact && whoIsHit(impact)
  return [
    serving === null
      ? `Reads of ${group} in ${environment} answer from version ${version}; nothing is served there now.`
      : `Reads of ${group} without a version in ${environment} answer from version ${version} instead of ${serving}.`,
    ...(serving === null
      ? []
      : [
          hit === null
            ? `Nobody reads version ${serving}.`
            : `Version ${serving} is used by ${hit}; who names it goes on reading it.`,
        ]),
  ]
}
