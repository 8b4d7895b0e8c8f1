import { eq } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { contractSignatures, contractVersions, featureGroups, teams } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { notify } from '@/lib/notify'
import { authorizeWhereItStands, serviceFactsOf } from '@/lib/registry'
import { actorOf } from './actor'
import { type ContractedVersion, contractedVersion } from './contracted-version'
import { contractVersion } from './get-contract'
import { type ContractRow, contractInForce } from './in-force'
import { signContractInput, withdrawContractInput } from './inputs'
import { readingServices, unsigned } from './parties'
import { agree, contractsOf, signaturesOf, stateOf } from './queries'
import type { ContractVersionResource } from './resources'
import { isOwnProposal } from './second-person'
import { signersOf, standingBefore } from './standing'

interface Party {
  party: 'service' | 'team'
  facts: ResourceFacts
}

async function teamFacts(name: string): Promise<ResourceFacts> {
  const [row] = await db().select({ id: teams.id }).from(teams).where(eq(teams.name, name))
  if (!row) throw notFound(`Team ${name}`)
  return { kind: 'team', id: row.id, name, teamId: row.id, team: name, classification: 'internal', tags: [] }
}

/** Who a consumer's act is for. Errors: not_found, invalid when the service does not select from the version. */
export async function partyOf(
  ctx: Context,
  version: ContractedVersion,
  { service, team }: { service?: string | undefined; team?: string | undefined },
): Promise<Party> {
  if (service === undefined) return { party: 'team', facts: await teamFacts(team ?? '') }
  const facts = await serviceFactsOf(ctx, service)
  const reading = await readingServices(version)
  if (reading.some(({ name }) => name === service)) return { party: 'service', facts }
  throw invalidField(
    '/service',
    `Feature service ${service} selects nothing from ${version.group}@${version.major}.`,
  )
}

const lock = (tx: Transaction, { groupId }: ContractedVersion) =>
  tx.select({ id: featureGroups.id }).from(featureGroups).where(eq(featureGroups.id, groupId)).for('update')

interface Signable {
  row: ContractRow
  /** Newest first. */
  rows: ContractRow[]
  inForce: ContractRow | null
}

/** The contract that is meant, when it can be signed. */
async function signable(
  tx: Transaction,
  ctx: Context,
  version: ContractedVersion,
  number: number | undefined,
): Promise<Signable> {
  const rows = await contractsOf(version, tx)
  const inForce = await contractInForce(version, ctx.now(), tx)
  const open = rows.filter((row) => ['proposed', 'agreed', 'in_force'].includes(stateOf(row, inForce)))
  const row = number === undefined ? open[0] : rows.find((one) => one.number === number)
  const what = `${version.group}@${version.major}`
  if (!row) throw notFound(number === undefined ? `A contract of ${what}` : `Contract ${number} of ${what}`)
  if (!open.includes(row)) {
    const state = stateOf(row, inForce)
    throw new DomainError(
      'conflict',
      `Contract ${row.number} of ${what} is ${state.replace('_', ' ')}: it is not signed any more.`,
    )
  }
  return { row, rows, inForce }
}

/** Once all who were asked have signed, it is agreed on. */
async function settle(
  tx: Transaction,
  ctx: Context,
  version: ContractedVersion,
  { row, rows, inForce }: Signable,
): Promise<boolean> {
  if (row.agreedAt !== null) return false
  const asked = await signersOf(standingBefore({ rows, inForce }, row.number), version, tx)
  if (unsigned(asked, await signaturesOf([row.id], tx)).length > 0) return false
  await agree(tx, row.id, ctx.now().toISOString())
  return true
}

const ownWord = ({ number }: ContractRow, { team }: ResourceFacts) =>
  new DomainError('forbidden', `You proposed contract ${number}: somebody else of team ${team} signs it.`)

/**
 * Signs the newest open contract for a service or a team. Errors: forbidden (`contract:sign` on the service or team; or
 * the caller proposed it, and the team has somebody else), not_found, invalid, conflict when that contract is not open any more or is signed already.
 */
export async function signContract(
  ctx: Context,
  group: string,
  body: unknown,
): Promise<ContractVersionResource> {
  await authorizeAtAll(ctx, 'contract:sign')
  const input = parseInput(signContractInput, body)
  const version = await contractedVersion(ctx, group, input.version)
  const { party, facts } = await partyOf(ctx, version, input)
  const decision = await authorizeWhereItStands(ctx, 'contract:sign', facts)
  const number = await withTransaction(async (tx) => {
    await lock(tx, version)
    const found = await signable(tx, ctx, version, input.contract)
    const { row } = found
    if (await isOwnProposal(ctx, row, facts.teamId, tx)) throw ownWord(row, facts)
    const signature = {
      contractId: row.id,
      party,
      partyId: facts.id,
      partyName: facts.name,
      signedAt: ctx.now().toISOString(),
      carriedFrom: null,
      ...actorOf(ctx, 'signedBy'),
    }
    const written = await tx
      .insert(contractSignatures)
      .values(signature)
      .onConflictDoNothing()
      .returning({ party: contractSignatures.party })
    if (written.length === 0)
      throw new DomainError('conflict', `${facts.name} has signed contract ${row.number} already.`)
    const isAgreed = await settle(tx, ctx, version, found)
    await notify(tx, ctx, {
      kind: 'contract',
      to: { teams: version.facts.teamId === null ? [] : [version.facts.teamId] },
      asset: { kind: 'group', name: group },
      title: `Contract ${row.number} of ${group}@${version.major} ${isAgreed ? 'is signed by all who were asked' : 'has another signature'}`,
      href: `/groups/${encodeURIComponent(group)}?tab=contract&version=${version.major}`,
    })
    await record(tx, ctx, {
      action: 'contract:sign',
      resource: version.facts,
      decision,
      environment: null,
      reason: `Signed contract ${row.number} of version ${version.major} for ${party} ${facts.name}`,
      after: {
        contract: row.number,
        version: version.major,
        [party]: facts.name,
        agreed: isAgreed || row.agreedAt !== null,
      },
    })
    return row.number
  })
  return contractVersion(ctx, { group, version: version.major, number })
}

/** Takes a proposal back. Errors: forbidden, not_found, conflict when it holds, or others signed it: then a new one takes its place. */
export async function withdrawContract(
  ctx: Context,
  group: string,
  number: number,
  body: unknown,
): Promise<ContractVersionResource> {
  await authorizeAtAll(ctx, 'group:update')
  const input = parseInput(withdrawContractInput, body)
  const version = await contractedVersion(ctx, group, input.version)
  const decision = await authorizeWhereItStands(ctx, 'group:update', version.facts)
  await withTransaction(async (tx) => {
    await lock(tx, version)
    const row = (await contractsOf(version, tx)).find((one) => one.number === number)
    if (!row) throw notFound(`Contract ${number} of ${group}@${version.major}`)
    const inForce = await contractInForce(version, ctx.now(), tx)
    const state = stateOf(row, inForce)
    if (state !== 'proposed' && state !== 'agreed')
      throw new DomainError(
        'conflict',
        `Contract ${number} is ${state.replace('_', ' ')}; propose a new one to change what holds.`,
      )
    if (state === 'agreed' && (await signaturesOf([row.id], tx)).some(({ party }) => party !== 'owner'))
      throw new DomainError(
        'conflict',
        `Contract ${number} is signed by others than its owner; propose a new one, which they are asked to sign.`,
      )
    await tx
      .update(contractVersions)
      .set({ withdrawnAt: ctx.now().toISOString(), withdrawnReason: input.reason })
      .where(eq(contractVersions.id, row.id))
    await record(tx, ctx, {
      action: 'group:update',
      resource: version.facts,
      decision,
      environment: null,
      reason: `Withdrew contract ${number} of version ${version.major}: ${input.reason}`,
      before: { contract: number, state },
      after: { contract: number, state: 'withdrawn' },
    })
  })
  return contractVersion(ctx, { group, version: version.major, number })
}
