import { asc, count, desc, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { domains } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { DomainResource } from './domain-operations'
import { describedDomain, domainResource, domainResources, selectDomains } from './domain-queries'
import type { ListQuery } from './fields'
import { offsetOf, pageOf } from './page'
import type { Page } from './resources'

/** Errors: `not_found`, the same for a missing and for a hidden domain. */
export async function getDomain(ctx: Context, name: string): Promise<DomainResource> {
  return domainResource(ctx, await describedDomain(ctx, name))
}

const orders = {
  name: [asc(domains.name)],
  '-name': [desc(domains.name)],
  updated_at: [asc(domains.updatedAt), asc(domains.name)],
  '-updated_at': [desc(domains.updatedAt), asc(domains.name)],
}

export async function listDomains(ctx: Context, query: ListQuery): Promise<Page<DomainResource>> {
  const offset = offsetOf(query.cursor)
  const where = visible(ctx, { teamId: domains.ownerTeamId, classification: sql`'internal'` })
  const [rows, counted] = await Promise.all([
    selectDomains()
      .where(where)
      .orderBy(...orders[query.sort])
      .limit(query.limit)
      .offset(offset),
    db().select({ total: count() }).from(domains).where(where),
  ])
  return pageOf(await domainResources(ctx, rows), offset, query.limit, counted[0]?.total ?? 0)
}
