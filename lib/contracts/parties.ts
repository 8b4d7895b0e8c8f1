import type { Executor } from '@/db/client'
import { db } from '@/db/client'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { type NamingService, serviceFactsOf, servicesNaming } from '@/lib/registry'
import type { ContractedVersion } from './contracted-version'
import type { ContractRow } from './in-force'
import type { SignatureRow } from './queries'
import type { PartyResource } from './resources'
import { isOwnProposal } from './second-person'

/** Services that select from the version today. */
export const readingServices = async (
  { groupId, major }: Pick<ContractedVersion, 'groupId' | 'major'>,
  executor: Executor = db(),
): Promise<NamingService[]> =>
  (await servicesNaming(executor, { groupId, version: major })).filter(({ isArchived }) => !isArchived)

/** Those whose word a contract that promises less has to wait for: who signed before and still reads. */
export function stillAsked(
  before: readonly SignatureRow[],
  services: readonly NamingService[],
): SignatureRow[] {
  const reading = new Set(services.map(({ name }) => name))
  return before.filter(
    ({ party, partyName }) => party === 'team' || (party === 'service' && reading.has(partyName)),
  )
}

const sameParty = (a: SignatureRow, b: SignatureRow) => a.party === b.party && a.partyId === b.partyId

export const unsigned = (asked: readonly SignatureRow[], signed: readonly SignatureRow[]): SignatureRow[] =>
  asked.filter((one) => !signed.some((other) => sameParty(one, other)))

async function described<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}

/** Whether the caller may know of who signed or asked: services may be hidden. */
export const isKnownParty = async (
  ctx: Context,
  { party, partyName }: Pick<SignatureRow, 'party' | 'partyName'>,
  executor?: Executor,
): Promise<boolean> =>
  party !== 'service' || (await described(() => serviceFactsOf(ctx, partyName, executor))) !== null

/** Names that the caller may know of; services that are hidden stay unnamed. */
export async function knownParties(
  ctx: Context,
  signatures: readonly SignatureRow[],
  executor?: Executor,
): Promise<SignatureRow[]> {
  const known: SignatureRow[] = []
  for (const one of signatures) if (await isKnownParty(ctx, one, executor)) known.push(one)
  return known
}

interface Signed {
  /** Newest number first. */
  number: number
  signatures: SignatureRow[]
}

/** The owner, the services that read, and the teams that signed; services that the caller may not know of are left out. */
export async function partiesOf(
  ctx: Context,
  version: ContractedVersion,
  signed: readonly Signed[],
  newest: ContractRow | null,
): Promise<PartyResource[]> {
  const signedBy = (party: string, name: string): number | null =>
    signed.find(({ signatures }) => signatures.some((one) => one.party === party && one.partyName === name))
      ?.number ?? null
  const { facts } = version
  const owner: PartyResource = {
    party: 'owner',
    name: facts.team ?? '',
    team: facts.team ?? '',
    features: [],
    signed: signedBy('owner', facts.team ?? ''),
    may_sign: false,
    signs_now: false,
  }
  const parties = [owner]
  for (const { name, team, features } of await readingServices(version)) {
    const own = await described(() => serviceFactsOf(ctx, name))
    if (!own) continue
    const number = signedBy('service', name)
    const may = decide(ctx, 'contract:sign', own).allowed
    const shown = features.filter((feature) => !version.hidden.includes(feature))
    parties.push({
      party: 'service',
      name,
      team,
      features: shown,
      signed: number,
      may_sign: may,
      signs_now:
        may &&
        newest !== null &&
        number !== newest.number &&
        !(await isOwnProposal(ctx, newest, own.teamId, db())),
    })
  }
  const teams = new Set(
    signed.flatMap(({ signatures }) =>
      signatures.flatMap(({ party, partyName }) => (party === 'team' ? [partyName] : [])),
    ),
  )
  for (const name of teams) {
    const number = signedBy('team', name)
    parties.push({
      party: 'team',
      name,
      team: name,
      features: [],
      signed: number,
      may_sign: false,
      signs_now: false,
    })
  }
  return parties
}
