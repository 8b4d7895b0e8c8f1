import { z } from 'zod'
import { impactResource } from '../impact-resources'

const instant = z.string().describe('RFC 3339, UTC.')

export const promotionCheckResource = z.object({
  name: z.string(),
  state: z.enum(['passed', 'failed', 'warning', 'not_applicable']),
  detail: z.string(),
  acceptable: z
    .boolean()
    .describe('Failed, it can still be accepted knowingly: `accept` names it, with a reason.'),
})
export type PromotionCheckResource = z.output<typeof promotionCheckResource>

export const promotionResource = z.object({
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  serving: z.int().nullable().describe('The version that the environment serves now.'),
  allowed: z.boolean().describe('Whether the caller may promote it there.'),
  rule: z.string(),
  who_can_help: z.array(z.string()),
  checks: z.array(promotionCheckResource),
  impact: impactResource.nullable().describe('Who reads what is served now; null: nothing else is.'),
})
export type PromotionResource = z.output<typeof promotionResource>

const eventResource = z.object({
  environment: z.string(),
  kind: z.enum(['promoted', 'rolled_back']),
  version: z.int(),
  revision: z.int(),
  previous: z.int().nullable(),
  by: z.string(),
  reason: z.string().nullable(),
  accepted: z.array(z.string()).describe('Checks that did not pass and were accepted knowingly.'),
  at: instant,
})
export type PromotionEvent = z.output<typeof eventResource>

const placeResource = z.object({
  environment: z.string(),
  serving: z
    .object({
      version: z.int(),
      revision: z.int().describe('Its newest: compatible changes reach every environment at once.'),
      state: z.enum(['active', 'deprecated', 'archived']),
      since: instant,
      by: z.string().nullable(),
    })
    .nullable(),
  registered: z.array(z.int()).describe('Versions that stand there, newest first.'),
  rollback_to: z.int().nullable().describe('The version that a rollback would bring back.'),
})
export type PlaceResource = z.output<typeof placeResource>

export const promotionsResource = z.object({
  group: z.string(),
  environments: z.array(placeResource).describe('From `dev` to `prod`.'),
  history: z.array(eventResource).describe('Newest first, at most 200.'),
})
export type PromotionsResource = z.output<typeof promotionsResource>
