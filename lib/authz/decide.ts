import type { Context } from '@/lib/core/context'
import type { Action } from './actions'
import type { ResourceFacts } from './resource'

/** One evaluation of the policies. `rule` says in words what decided; the rest helps someone who was refused. */
export interface Decision {
  allowed: boolean
  /** Ids of the policies that decided. */
  policies: string[]
  policyVersion: string
  rule: string
  missing: string[]
  whoCanHelp: string[]
}

/** Denies by default: nothing is allowed that no policy permits. */
export function decide(_ctx: Context, action: Action, resource: ResourceFacts): Decision {
  return {
    allowed: false,
    policies: [],
    policyVersion: '0',
    rule: `No policy lets anyone ${action} on ${resource.name}.`,
    missing: [],
    whoCanHelp: [],
  }
}

export function mayEver(_ctx: Context, _action: Action): boolean {
  return false
}
