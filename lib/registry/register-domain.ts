import { withTransaction } from '@/db/client'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { type DomainResource, registerDomainInput } from './domain-operations'
import { domainResource } from './domain-queries'
import { insertDomain } from './insert-domain'
import { ownerTeam } from './owner-team'
import { requireNames } from './require-names'
import { nameTaken } from './unique-name'

/** Registers a business area. Errors: `conflict` when the name is taken, `invalid`, `forbidden`. */
export async function registerDomain(ctx: Context, body: unknown): Promise<DomainResource> {
  await authorizeAtAll(ctx, 'group:create')
  const input = parseInput(registerDomainInput, body)
  const { name, description } = input
  const team = await ownerTeam(ctx, input.owner_team)
  const facts: ResourceFacts = {
    kind: 'domain',
    id: '',
    name,
    teamId: team.id,
    team: team.name,
    classification: 'internal',
    tags: [],
  }
  const decision = await authorize(ctx, 'group:create', facts)
  const domain = await withTransaction(async (tx) => {
    await requireNames(tx, [{ kind: 'domain', name, team: team.name, pointer: '/name' }])
    const made = await insertDomain(tx, ctx, { name, description, team })
    if (!made) throw nameTaken('domain', name)
    await record(tx, ctx, {
      action: 'group:create',
      resource: facts,
      decision,
      after: input,
      environment: null,
    })
    return made
  })
  return domainResource(ctx, { domain, team: team.name })
}
