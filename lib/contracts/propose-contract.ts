import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { contractSignatures, contractVersions, featureGroups } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, invalid } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { notify } from '@/lib/notify'
import { authorizeWhereItStands } from '@/lib/registry'
import { actorOf } from './actor'
import type { Promised } from './compare-terms'
import { type ContractedVersion, contractedVersion } from './contracted-version'
import { contractVersion } from './get-contract'
import { type ContractRow, contractInForce } from './in-force'
import { type ProposeContract, proposeContractInput } from './inputs'
import { readingServices } from './parties'
import { contractsOf, type SignatureRow } from './queries'
import type { ContractVersionResource } from './resources'
import { changeOf, signersOf, standingBefore } from './standing'
import { termFaults } from './term-faults'

const escaped = (part: string | number) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

/** Throws `invalid` with a pointer for each term that the version cannot keep. */
export function requireKeepable(terms: ProposeContract['terms'], version: ContractedVersion): void {
  const faults = termFaults(terms, version.columns)
  const [first] = faults
  if (!first) return
  const errors = faults.map(({ path, message }) => ({
    pointer: `/terms${path.map((part) => `/${escaped(part)}`).join('')}`,
    reason: message,
    code: 'invalid',
  }))
  throw invalid(`${errors[0]?.pointer}: ${first.message}`, errors)
}

/** Throws `conflict` for what was never approved. */
function requireApproved({ group, major, isApproved }: ContractedVersion): void {
  if (isApproved) return
  throw new DomainError(
    'conflict',
    `${group}@${major} is not approved yet, and its columns may still change. Propose its contract once it is.`,
  )
}

const promisedOf = ({
  terms,
  version: _,
  valid_from: __,
  reason: ___,
  follows: ____,
  ...texts
}: ProposeContract): Promised => ({
  terms,
  texts,
})

interface Proposal {
  ctx: Context
  version: ContractedVersion
  input: ProposeContract
  document: Record<string, unknown> | null
}

async function newestNumber(tx: Transaction, { groupId, major }: ContractedVersion): Promise<number> {
  await tx
    .select({ id: featureGroups.id })
    .from(featureGroups)
    .where(eq(featureGroups.id, groupId))
    .for('update')
  const [row] = await tx
    .select({ number: contractVersions.number })
    .from(contractVersions)
    .where(and(eq(contractVersions.groupId, groupId), eq(contractVersions.major, major)))
    .orderBy(desc(contractVersions.number))
    .limit(1)
  return row?.number ?? 0
}

/** What was proposed before and not agreed on gives way. */
const replaceProposals = (
  tx: Transaction,
  { groupId, major }: ContractedVersion,
  number: number,
  at: string,
) =>
  tx
    .update(contractVersions)
    .set({ withdrawnAt: at, withdrawnReason: `Replaced by contract ${number}.` })
    .where(
      and(
        eq(contractVersions.groupId, groupId),
        eq(contractVersions.major, major),
        isNull(contractVersions.agreedAt),
        isNull(contractVersions.withdrawnAt),
        sql`${contractVersions.number} < ${number}`,
      ),
    )

interface Written {
  number: number
  isAgreed: boolean
  asked: SignatureRow[]
}

async function write(tx: Transaction, { ctx, version, input, document }: Proposal): Promise<Written> {
  const newest = await newestNumber(tx, version)
  if (input.follows !== undefined && input.follows !== newest) {
    const reason = `Contract ${newest} was proposed since this one was begun. Read it, and propose again on top of it.`
    throw new DomainError('conflict', reason, { extensions: { newest } })
  }
  const at = ctx.now().toISOString()
  const inForce = await contractInForce(version, ctx.now(), tx)
  const promised = promisedOf(input)
  const standing = standingBefore({ rows: await contractsOf(version, tx), inForce }, newest + 1)
  const change = changeOf(standing, promised)
  const readers = await signersOf(standing, version, tx)
  const isAgreed = change !== 'less' || readers.length === 0
  const row: ContractRow = {
    id: newId(ctx.now().getTime()),
    groupId: version.groupId,
    major: version.major,
    number: newest + 1,
    ...promised,
    change,
    reason: input.reason ?? null,
    validFrom: input.valid_from ?? at,
    proposedAt: at,
    ...actorOf(ctx, 'proposedBy'),
    agreedAt: isAgreed ? at : null,
    withdrawnAt: null,
    withdrawnReason: null,
    document: document ?? inForce?.document ?? null,
  }
  await replaceProposals(tx, version, row.number, at)
  await tx.insert(contractVersions).values(row)
  const own = { contractId: row.id, signedAt: at, carriedFrom: null, ...actorOf(ctx, 'signedBy') }
  await tx.insert(contractSignatures).values({
    ...own,
    party: 'owner',
    partyId: version.facts.teamId ?? '',
    partyName: version.facts.team ?? '',
  })
  if (isAgreed && readers.length > 0)
    await tx.insert(contractSignatures).values(
      readers.map((one) => ({
        ...one,
        contractId: row.id,
        carriedFrom: one.carriedFrom ?? standing.find(({ id }) => id === one.contractId)?.number ?? null,
      })),
    )
  return { number: row.number, isAgreed, asked: readers }
}

/** Tells those who signed the one before. */
async function tell(tx: Transaction, { ctx, version }: Proposal, written: Written): Promise<void> {
  const services = new Map((await readingServices(version, tx)).map(({ name, teamId }) => [name, teamId]))
  const teams = written.asked.flatMap(({ party, partyId, partyName }) =>
    party === 'team' ? [partyId] : (services.get(partyName) ?? []),
  )
  if (teams.length === 0) return
  const { group, major } = version
  const isLess = !written.isAgreed
  await notify(tx, ctx, {
    kind: 'contract',
    to: { teams: [...new Set(teams)] },
    asset: { kind: 'group', name: group },
    title: isLess
      ? `Contract ${written.number} of ${group}@${major} promises less and waits for your signature`
      : `Contract ${written.number} of ${group}@${major} is agreed on; your signature went on with it`,
    href: `/groups/${encodeURIComponent(group)}?tab=contract&version=${major}`,
    needsAcknowledgement: isLess,
  })
}

/**
 * Proposes the next contract of a version in the name of its owner, whose signature that is. It is in force from its
 * date on, unless it promises less than the one before, or than one agreed on for later: then those who signed that are
 * asked first.
 * `within`: as part of that transaction. Errors: forbidden, not_found, invalid (naming the term), conflict when another
 * was proposed since `follows`, and for a version that was not approved yet.
 */
export async function proposeContract(
  ctx: Context,
  group: string,
  body: unknown,
  document: Record<string, unknown> | null = null,
  within?: Transaction,
): Promise<ContractVersionResource> {
  await authorizeAtAll(ctx, 'group:update')
  const input = parseInput(proposeContractInput, body)
  const version = await contractedVersion(ctx, group, input.version, within)
  const decision = await authorizeWhereItStands(ctx, 'group:update', version.facts, within)
  await authorizeWhereItStands(ctx, 'contract:sign', version.facts, within)
  requireApproved(version)
  requireKeepable(input.terms, version)
  const proposal = { ctx, version, input, document }
  const act = async (tx: Transaction) => {
    const written = await write(tx, proposal)
    await tell(tx, proposal, written)
    await record(tx, ctx, {
      action: 'group:update',
      resource: version.facts,
      decision,
      environment: null,
      reason: `Proposed contract ${written.number} of version ${version.major}${input.reason ? `: ${input.reason}` : ''}`,
      after: { contract: written.number, version: version.major, ...promisedOf(input) },
    })
    return written
  }
  const { number } = await (within ? act(within) : withTransaction(act))
  return contractVersion(ctx, { group, version: version.major, number }, within)
}
