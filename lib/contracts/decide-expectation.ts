import { and, eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { contractExpectations, type GroupTerms } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, notFound } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { notify } from '@/lib/notify'
import { authorizeWhereItStands } from '@/lib/registry'
import { actorOf } from './actor'
import { type ContractedVersion, contractedVersion } from './contracted-version'
import { type ExpectationRow, expectationOf } from './expectations'
import { contractInForce } from './in-force'
import { decideExpectationInput, declineExpectationInput, stateExpectationInput } from './inputs'
import { mergeTerms } from './merge-terms'
import { proposeContract, requireKeepable } from './propose-contract'
import type { ExpectationResource } from './resources'
import { partyOf } from './sign-contract'

/** Who asks, as the history of the group says it: a service may be hidden from its readers. */
const asking = (party: ExpectationRow['party'], name: string) =>
  party === 'service' ? 'A feature service' : name

const hrefOf = ({ group, major }: ContractedVersion) =>
  `/groups/${encodeURIComponent(group)}?tab=contract&version=${major}`

/**
 * States the terms that a service or a team needs; the owner decides. Errors: forbidden (`contract:sign` on the service
 * or team), not_found, invalid naming the term.
 */
export async function stateExpectation(
  ctx: Context,
  group: string,
  body: unknown,
): Promise<ExpectationResource> {
  await authorizeAtAll(ctx, 'contract:sign')
  const input = parseInput(stateExpectationInput, body)
  const version = await contractedVersion(ctx, group, input.version)
  const { party, facts } = await partyOf(ctx, version, input)
  const decision = await authorize(ctx, 'contract:sign', facts)
  requireKeepable(input.terms, version)
  const row: ExpectationRow = {
    id: newId(ctx.now().getTime()),
    groupId: version.groupId,
    major: version.major,
    party,
    partyId: facts.id,
    partyName: facts.name,
    terms: input.terms,
    reason: input.reason,
    state: 'open',
    ...actorOf(ctx, 'statedBy'),
    statedAt: ctx.now().toISOString(),
    decidedById: null,
    decidedByName: null,
    decidedAt: null,
    reply: null,
    acceptedIn: null,
  }
  await withTransaction(async (tx) => {
    await tx.insert(contractExpectations).values(row)
    await notify(tx, ctx, {
      kind: 'contract',
      to: { teams: version.facts.teamId === null ? [] : [version.facts.teamId] },
      asset: { kind: 'group', name: group },
      title: `${asking(party, facts.name)} asks the contract of ${group}@${version.major} for more`,
      body: input.reason,
      href: hrefOf(version),
    })
    await record(tx, ctx, {
      action: 'contract:sign',
      resource: version.facts,
      decision,
      environment: null,
      reason: `Asked for terms, for ${party === 'service' ? 'a feature service' : `team ${facts.name}`}: ${input.reason}`,
      after: { terms: input.terms, version: version.major, [party]: facts.name },
    })
  })
  return expectationOf(row, version.hidden)
}

interface Deciding {
  ctx: Context
  version: ContractedVersion
  id: string
  state: 'accepted' | 'declined'
  reply: string | null
  acceptedIn: number | null
}

async function openExpectation({ groupId, group }: ContractedVersion, id: string, tx: Transaction) {
  const [row] = await tx
    .select()
    .from(contractExpectations)
    .where(and(eq(contractExpectations.id, id), eq(contractExpectations.groupId, groupId)))
    .for('update')
  if (!row) throw notFound(`Expectation ${id} of ${group}`)
  if (row.state !== 'open') throw new DomainError('conflict', `It is ${row.state} already.`)
  return row
}

/** The decision on an open expectation, with its audit row, told to who asked. */
async function decided(tx: Transaction, row: ExpectationRow, by: Deciding): Promise<ExpectationRow> {
  const { ctx, version, state, reply, acceptedIn } = by
  const decision = await authorizeWhereItStands(ctx, 'group:update', version.facts, tx)
  const change = {
    state,
    reply,
    acceptedIn,
    decidedAt: ctx.now().toISOString(),
    ...actorOf(ctx, 'decidedBy'),
  }
  await tx.update(contractExpectations).set(change).where(eq(contractExpectations.id, row.id))
  await notify(tx, ctx, {
    kind: 'contract',
    to: { people: [row.statedById] },
    asset: { kind: 'group', name: version.group },
    title: `What ${row.partyName} asked of ${version.group}@${version.major} is ${state}`,
    ...(reply ? { body: reply } : {}),
    href: hrefOf(version),
  })
  await record(tx, ctx, {
    action: 'group:update',
    resource: version.facts,
    decision,
    environment: null,
    reason: `${state === 'accepted' ? 'Accepted' : 'Declined'} what ${asking(row.party, row.partyName).replace('A f', 'a f')} asked for${reply ? `: ${reply}` : ''}`,
    after: { expectation: row.id, state, contract: acceptedIn },
  })
  return { ...row, ...change }
}

/** Takes the terms into a new contract, which holds at once: it promises more. Errors: forbidden, not_found, conflict. */
export async function acceptExpectation(
  ctx: Context,
  group: string,
  id: string,
  body: unknown,
): Promise<ExpectationResource> {
  await authorizeAtAll(ctx, 'group:update')
  const { reply = null } = parseInput(decideExpectationInput, body)
  const found = await contractedVersion(ctx, group)
  await authorizeWhereItStands(ctx, 'group:update', found.facts)
  const row = await withTransaction(async (tx) => {
    const open = await openExpectation(found, id, tx)
    const version = await contractedVersion(ctx, group, open.major, tx)
    const current = await contractInForce(version, ctx.now(), tx)
    const terms: GroupTerms = mergeTerms(current?.terms ?? {}, open.terms)
    const texts = current?.texts ?? {}
    const reason = `Asked for by ${asking(open.party, open.partyName)}: ${open.reason}`.slice(0, 2000)
    const input = { version: open.major, terms, ...texts, reason }
    const { number } = await proposeContract(ctx, group, input, null, tx)
    return decided(tx, open, { ctx, version, id, state: 'accepted', reply, acceptedIn: number })
  })
  return expectationOf(row, found.hidden)
}

/** Says no, with a word why. Errors: forbidden, not_found, conflict. */
export async function declineExpectation(
  ctx: Context,
  group: string,
  id: string,
  body: unknown,
): Promise<ExpectationResource> {
  await authorizeAtAll(ctx, 'group:update')
  const { reply } = parseInput(declineExpectationInput, body)
  const version = await contractedVersion(ctx, group)
  await authorizeWhereItStands(ctx, 'group:update', version.facts)
  const row = await withTransaction(async (tx) =>
    decided(tx, await openExpectation(version, id, tx), {
      ctx,
      version,
      id,
      state: 'declined',
      reply,
      acceptedIn: null,
    }),
  )
  return expectationOf(row, version.hidden)
}
