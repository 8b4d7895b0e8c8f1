import type { AuditRow } from '@/lib/audit/operations'

type Act = Pick<AuditRow, 'verdict' | 'before' | 'after'> & { resource: { kind: string } }

const isThere = (value: unknown): boolean => value !== null && value !== undefined

/**
 * What came of an act whose action alone does not say it: making and revoking a key are one action. Null: the action
 * says it, or nothing came of it.
 */
export function actOutcome({ verdict, before, after, resource }: Act): string | null {
  if (verdict === 'deny' || !isThere(before)) return null
  if (isThere(after)) return 'changed'
  return resource.kind === 'key' ? 'revoked' : 'removed'
}
