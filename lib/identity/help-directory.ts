import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import { db } from '@/db/client'
import { people, roleAssignments, teamMembers, teams } from '@/db/schema'
import { anyTeam, type HelpDirectory, setHelpDirectory } from '@/lib/authz'
import { singleton } from '@/lib/core/singleton'
import { remember } from './remember'

interface Helper {
  id: string
  name: string
}
interface Directory {
  maintainers: Map<string, Helper[]>
  producers: Map<string, Helper[]>
  reviewers: Helper[]
  administrators: Helper[]
}

const mostNamed = 5

const held = () =>
  singleton<Directory>('identity-help', () => ({
    maintainers: new Map(),
    producers: new Map(),
    reviewers: [],
    administrators: [],
  }))

const loadMaintainers = () =>
  db()
    .select({
      teamId: teamMembers.teamId,
      team: teams.name,
      id: people.id,
      name: people.name,
      email: people.email,
    })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .innerJoin(people, and(eq(people.id, teamMembers.principalId), isNull(people.disabledAt)))
    .where(eq(teamMembers.membership, 'maintainer'))
    .orderBy(people.name)

const loadOfficers = () =>
  db()
    .select({ role: roleAssignments.role, id: people.id, name: people.name, email: people.email })
    .from(roleAssignments)
    .innerJoin(people, and(eq(people.id, roleAssignments.principalId), isNull(people.disabledAt)))
    .where(and(inArray(roleAssignments.role, ['reviewer', 'administrator']), isNull(roleAssignments.teamId)))
    .orderBy(people.name)

/** Producers of a team: by a role for that team, or by a role anywhere and membership. */
const loadProducers = () =>
  db()
    .selectDistinct({
      teamId: teams.id,
      team: teams.name,
      id: people.id,
      name: people.name,
      email: people.email,
    })
    .from(roleAssignments)
    .innerJoin(people, and(eq(people.id, roleAssignments.principalId), isNull(people.disabledAt)))
    .leftJoin(teamMembers, and(isNull(roleAssignments.teamId), eq(teamMembers.principalId, people.id)))
    .innerJoin(teams, or(eq(teams.id, roleAssignments.teamId), eq(teams.id, teamMembers.teamId)))
    .where(eq(roleAssignments.role, 'producer'))
    .orderBy(people.name)

function byTeam(members: { teamId: string; team: string; id: string; name: string; email: string }[]) {
  const found = new Map<string, Helper[]>()
  for (const { teamId, team, id, name, email } of members) {
    // The first one is called what they are, which reaches nobody.
    const where = name.toLowerCase() === 'administrator' ? email : team
    found.set(teamId, [...(found.get(teamId) ?? []), { id, name: `${name} (${where})` }])
  }
  return found
}

async function load(): Promise<void> {
  const [maintainers, producers, officers] = await Promise.all([
    loadMaintainers(),
    loadProducers(),
    loadOfficers(),
  ])
  const having = (role: string) =>
    officers
      .filter((one) => one.role === role)
      .map(({ id, name, email }) => ({ id, name: `${name} (${name.toLowerCase() === role ? email : role})` }))
  Object.assign(held(), {
    maintainers: byTeam(maintainers),
    producers: byTeam(producers),
    reviewers: having('reviewer'),
    administrators: having('administrator'),
  })
}

/** Somebody of several teams is named with the first of them. */
const onceEach = (helpers: Helper[]): Helper[] =>
  helpers.filter(({ id }, index) => helpers.findIndex((one) => one.id === id) === index)

/**
 * The team's maintainers, else its producers or, where a second person is missing, the reviewers; administrators when
 * there is nobody.
 */
const lookUp: HelpDirectory = ({ resource, askerId, wantsReviewer }) => {
  const { maintainers, producers, reviewers, administrators } = held()
  const ofTeam = (team: Map<string, Helper[]>) =>
    resource.teamId === anyTeam
      ? onceEach([...team.values()].flat())
      : (team.get(resource.teamId ?? '') ?? [])
  const circles = wantsReviewer ? [reviewers] : [ofTeam(maintainers), ofTeam(producers)]
  // Whoever wrote or submitted it is no second person.
  const left = wantsReviewer ? [askerId, resource.authorId, ...(resource.handIds ?? [])] : [askerId]
  const others = (helpers: Helper[]) => helpers.filter((helper) => !left.includes(helper.id))
  const found = [...circles, administrators].map(others).find((helpers) => helpers.length > 0) ?? []
  return found.slice(0, mostNamed).map((helper) => helper.name)
}

/** Refusals name people without asking the database: whoever authenticates has the directory loaded. */
export async function warmHelpDirectory(): Promise<void> {
  setHelpDirectory(lookUp)
  await remember('help-directory', '', load)
}
