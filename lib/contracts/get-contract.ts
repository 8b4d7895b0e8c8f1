import { and, count, eq, isNull, not } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { contractBreaches } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { type ContractedVersion, contractedVersion } from './contracted-version'
import { expectationsOf } from './expectations'
import { type ContractRow, contractInForce } from './in-force'
import { namesHidden } from './list-breaches'
import { knownParties, partiesOf, unsigned } from './parties'
import { contractsOf, type SignatureRow, signaturesOf, stateOf } from './queries'
import type { ContractResource, ContractVersionResource } from './resources'
import { contractVersionOf } from './serialize'
import { signersOf, standingBefore } from './standing'

interface Contracts {
  version: ContractedVersion
  /** Newest first. */
  rows: ContractRow[]
  inForce: ContractRow | null
  signatures: Map<string, SignatureRow[]>
}

async function contracts(
  ctx: Context,
  group: string,
  major?: number,
  executor: Executor = db(),
): Promise<Contracts> {
  const version = await contractedVersion(ctx, group, major, executor)
  const rows = await contractsOf(version, executor)
  const signatures = new Map<string, SignatureRow[]>()
  for (const one of await signaturesOf(
    rows.map(({ id }) => id),
    executor,
  ))
    signatures.set(one.contractId, [...(signatures.get(one.contractId) ?? []), one])
  return { version, rows, inForce: await contractInForce(version, ctx.now(), executor), signatures }
}

/** The one that another was proposed after: the newest before it that was not withdrawn. */
const beforeOf = (rows: ContractRow[], { number }: ContractRow): ContractRow | null =>
  rows.find((row) => row.number < number && row.agreedAt !== null && row.withdrawnAt === null) ?? null

async function shown(
  ctx: Context,
  all: Contracts,
  row: ContractRow,
  executor: Executor = db(),
): Promise<ContractVersionResource> {
  const { version, rows, inForce, signatures } = all
  const own = signatures.get(row.id) ?? []
  const asked =
    row.change === 'less' && stateOf(row, inForce) === 'proposed'
      ? await signersOf(standingBefore(all, row.number), version, executor)
      : []
  const waitsFor = await knownParties(ctx, unsigned(asked, own), executor)
  return contractVersionOf({
    group: version.group,
    major: version.major,
    row,
    inForce,
    before: beforeOf(rows, row),
    signatures: await knownParties(ctx, own, executor),
    waitsFor: waitsFor.map(({ partyName }) => partyName),
    hidden: version.hidden,
  })
}

async function openBreaches({ versionId, hidden }: ContractedVersion, environment: string): Promise<number> {
  const [row] = await db()
    .select({ open: count() })
    .from(contractBreaches)
    .where(
      and(
        eq(contractBreaches.versionId, versionId),
        eq(contractBreaches.environment, environment),
        isNull(contractBreaches.closedAt),
        not(namesHidden(hidden)),
      ),
    )
  return row?.open ?? 0
}

export interface ContractInput {
  group: string
  /** Major; absent: the one that the environment serves, else the newest. */
  version?: number
}

/** The contract of a version with its parties and what they ask for. Errors: `not_found`, masked. */
export async function getContract(ctx: Context, input: ContractInput): Promise<ContractResource> {
  const all = await contracts(ctx, input.group, input.version)
  const { version, rows, inForce, signatures } = all
  const waiting = rows.find((row) => ['proposed', 'agreed'].includes(stateOf(row, inForce))) ?? null
  const newest = waiting ?? inForce
  const signed = rows.map(({ id, number }) => ({ number, signatures: signatures.get(id) ?? [] }))
  return {
    group: version.group,
    version: version.major,
    owner_team: version.facts.team ?? '',
    contract: inForce && (await shown(ctx, all, inForce)),
    proposed: waiting && (await shown(ctx, all, waiting)),
    parties: await partiesOf(ctx, version, signed, newest),
    expectations: await expectationsOf(ctx, version),
    open_breaches: await openBreaches(version, ctx.environment),
  }
}

/** All contracts of a version, newest first. Errors: `not_found`, masked. */
export async function listContractVersions(
  ctx: Context,
  input: ContractInput,
): Promise<{ data: ContractVersionResource[] }> {
  const all = await contracts(ctx, input.group, input.version)
  const data: ContractVersionResource[] = []
  for (const row of all.rows) data.push(await shown(ctx, all, row))
  return { data }
}

/** One of them. Errors: `not_found`, masked. */
export async function contractVersion(
  ctx: Context,
  input: ContractInput & { number: number },
  executor: Executor = db(),
): Promise<ContractVersionResource> {
  const all = await contracts(ctx, input.group, input.version, executor)
  const row = all.rows.find(({ number }) => number === input.number)
  if (!row) throw notFound(`Contract ${input.number} of ${input.group}@${all.version.major}`)
  return shown(ctx, all, row, executor)
}
