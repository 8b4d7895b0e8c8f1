import { type ResourceFacts, systemResource } from '@/lib/authz'

/** A team as the policies see it: it belongs to itself, so its maintainers manage its members. */
export const teamFacts = (team: { id: string; name: string }): ResourceFacts => ({
  ...systemResource,
  kind: 'team',
  id: team.id,
  name: team.name,
  teamId: team.id,
  team: team.name,
})

export const personFacts = (person: { id: string; name: string }): ResourceFacts => ({
  ...systemResource,
  kind: 'person',
  id: person.id,
  name: person.name,
})

export const keyFacts = (key: { id: string; name: string; ownerId: string }): ResourceFacts => ({
  ...systemResource,
  kind: 'key',
  id: key.id,
  name: key.name,
  ownerId: key.ownerId,
})
