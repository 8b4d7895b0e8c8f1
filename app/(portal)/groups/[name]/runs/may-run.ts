import { helpSentence } from '@/components/layout/not-ready'
import { decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'

/** Why the reader may not run it, and who can help; a run writes to both stores. */
export function refusalOf(ctx: Context, facts: ResourceFacts): string | null {
  for (const action of ['group:write_offline', 'group:write_online'] as const) {
    const { allowed, rule, whoCanHelp } = decide(ctx, action, facts)
    if (allowed) continue
    return `${rule} ${helpSentence({ who_can_help: whoCanHelp })}`
  }
  return null
}

type Params = Record<string, string | string[] | undefined>

export const textOf = (value: string | string[] | undefined) =>
  typeof value === 'string' && value !== '' ? value : null

/** The version that the address names; undefined: the one that is served. */
export function majorOf(params: Params): number | undefined {
  const text = textOf(params.version)
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
