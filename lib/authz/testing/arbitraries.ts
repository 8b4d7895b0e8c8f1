import fc from 'fast-check'
import { roles } from '@/lib/core/principal'
import { type Action, actions } from '../actions'
import { classifications } from '../classification'
import { type ResourceFacts, systemResource } from '../resource'
import type { Grant, Subject } from '../subject'

/** Random subjects and resources over small sets, so that teams, grants and groups often meet. */
const teamIds = ['t1', 't2', 't3']
export const groupIds = ['g1', 'g2', 'g3', 'g4']
const environments = ['dev', 'prod']
const purposes = ['churn', 'marketing']
export const arbitraryPurpose = fc.option(fc.constantFrom(...purposes))
export const arbitraryEnvironment = fc.constantFrom(...environments)
export const arbitraryAction: fc.Arbitrary<Action> = fc.constantFrom(...actions)
/** Around the ends of the random grants. */
export const arbitraryNow = fc
  .constantFrom('2026-05-01T00:00:00Z', '2026-05-10T00:00:00Z')
  .map((t) => new Date(t))

const grant: fc.Arbitrary<Grant> = fc.record({
  action: fc.constantFrom('group:read_online', 'group:read_offline', 'group:read_statistics'),
  groupId: fc.constantFrom(...groupIds),
  environments: fc.subarray(environments),
  purpose: arbitraryPurpose,
  expiresAt: fc
    .constantFrom('2026-05-01T00:00:00Z', '2026-05-09T00:00:00Z', '2026-06-01T00:00:00Z')
    .map((t) => new Date(t)),
})

const principal = {
  id: fc.constantFrom('p1', 'p2'),
  name: fc.constant('Asker'),
  roles: fc.array(
    fc.record({
      role: fc.constantFrom(...roles),
      teamId: fc.option(fc.constantFrom(...teamIds)),
      environment: fc.option(fc.constantFrom(...environments)),
    }),
    { maxLength: 2 },
  ),
  teams: fc.subarray(teamIds).chain((ids) =>
    fc.tuple(
      ...ids.map((teamId) =>
        fc.record({
          teamId: fc.constant(teamId),
          team: fc.constant(teamId),
          membership: fc.constantFrom('member' as const, 'maintainer' as const),
        }),
      ),
    ),
  ),
  grants: fc.array(grant, { maxLength: 3 }),
}

const user: fc.Arbitrary<Subject> = fc.record({
  ...principal,
  kind: fc.constant('user' as const),
  sessionId: fc.constant('s'),
})

const keyExpiry: fc.Arbitrary<Date | null> = fc.option(fc.constant(new Date('2026-05-05T00:00:00Z')))

const key: fc.Arbitrary<Subject> = fc.record({
  ...principal,
  kind: fc.constant('apiKey' as const),
  keyId: fc.constant('k'),
  keyName: fc.constant('ci'),
  scopes: fc.oneof(fc.constant<string[]>([]), fc.subarray<string>([...actions])),
  environments: fc.subarray(environments),
  groups: fc.subarray(groupIds.map((id) => `name_${id}`)),
  expiresAt: keyExpiry,
})

export const arbitrarySubject: fc.Arbitrary<Subject> = fc.oneof(
  { weight: 2, arbitrary: user },
  { weight: 1, arbitrary: key },
)

/** `kind: 'service'` stands for rows that belong to no group. */
export const arbitraryResource: fc.Arbitrary<ResourceFacts> = fc
  .record({
    kind: fc.constantFrom('group' as const, 'service' as const),
    id: fc.constantFrom(...groupIds),
    teamId: fc.option(fc.constantFrom(...teamIds), { freq: 5 }),
    classification: fc.constantFrom(...classifications),
    authorId: fc.option(fc.constantFrom('p1', 'p2'), { nil: undefined }),
    ownerId: fc.option(fc.constantFrom('p1', 'p2'), { nil: undefined }),
  })
  .map(({ kind, id, teamId, classification, authorId, ownerId }) => ({
    ...systemResource,
    kind,
    id: kind === 'group' ? id : `s_${id}`,
    name: `name_${id}`,
    teamId,
    team: teamId,
    classification,
    ...(authorId === undefined ? {} : { authorId }),
    ...(ownerId === undefined ? {} : { ownerId }),
  }))
