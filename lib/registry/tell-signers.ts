import { and, desc, eq, gte, inArray, isNotNull, isNull, lte, ne } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { contractSignatures, contractVersions, featureServices } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notify } from '@/lib/notify'
import type { VersionRow } from './definition'
import type { GroupRow } from './queries'

type Contracted = Pick<VersionRow, 'groupId' | 'major'>

/** Teams that signed the contract in force or one proposed since, and those of services that did; not the owner. */
async function signersOf(tx: Transaction, ctx: Context, { groupId, major }: Contracted): Promise<string[]> {
  const ofVersion = and(
    eq(contractVersions.groupId, groupId),
    eq(contractVersions.major, major),
    isNull(contractVersions.withdrawnAt),
  )
  const now = ctx.now().toISOString()
  const [inForce] = await tx
    .select({ number: contractVersions.number })
    .from(contractVersions)
    .where(and(ofVersion, isNotNull(contractVersions.agreedAt), lte(contractVersions.validFrom, now)))
    .orderBy(desc(contractVersions.number))
    .limit(1)
  const signed = await tx
    .selectDistinct({ party: contractSignatures.party, id: contractSignatures.partyId })
    .from(contractSignatures)
    .innerJoin(contractVersions, eq(contractVersions.id, contractSignatures.contractId))
    .where(
      and(
        ofVersion,
        gte(contractVersions.number, inForce?.number ?? 1),
        ne(contractSignatures.party, 'owner'),
      ),
    )
  const services = signed.flatMap(({ party, id }) => (party === 'service' ? [id] : []))
  const owners = await tx
    .select({ id: featureServices.ownerTeamId })
    .from(featureServices)
    .where(and(inArray(featureServices.id, services), isNull(featureServices.archivedAt)))
  const teams = signed.flatMap(({ party, id }) => (party === 'team' ? [id] : []))
  return [...new Set([...teams, ...owners.map(({ id }) => id)])]
}

/**
 * Tells those who signed a version's contract what becomes of what they were promised: a version that takes its place,
 * its deprecation, its end. Who may not know of the group any more does not see it.
 */
export async function tellSigners(
  tx: Transaction,
  ctx: Context,
  { group }: GroupRow,
  version: Contracted,
  what: { becomes: string; body: string },
): Promise<void> {
  const { becomes, body } = what
  await notify(tx, ctx, {
    kind: 'contract',
    to: { teams: await signersOf(tx, ctx, version) },
    asset: { kind: 'group', name: group.name },
    title: `${group.name}@${version.major}, whose contract you signed, ${becomes}`,
    body,
    href: `/groups/${encodeURIComponent(group.name)}?tab=contract&version=${version.major}`,
  })
}
