import { and, eq, inArray, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { people, roleAssignments, teamMembers, teams } from '@/db/schema'
import { type HelpDirectory, setHelpDirectory } from '@/lib/authz'
import { singleton } from '@/lib/core/singleton'
import { remember } from './remember'

interface Helper {
  id: string
  name: string
}
interface Directory {
  maintainers: Map<string, Helper[]>
  reviewers: Helper[]
  administrators: Helper[]
}

const mostNamed = 5

const held = () =>
  singleton<Directory>('identity-help', () => ({ maintainers: new Map(), reviewers: [], administrators: [] }))

const loadMaintainers = () =>
  db()
    .select({ teamId: teamMembers.teamId, team: teams.name, id: people.id, name: people.name })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .innerJoin(people, and(eq(people.id, teamMembers.principalId), isNull(people.disabledAt)))
    .where(eq(teamMembers.membership, 'maintainer'))
    .orderBy(people.name)

const loadOfficers = () =>
  db()
    .select({ role: roleAssignments.role, id: people.id, name: people.name })
    .from(roleAssignments)
    .innerJoin(people, and(eq(people.id, roleAssignments.principalId), isNull(people.disabledAt)))
    .where(and(inArray(roleAssignments.role, ['reviewer', 'administrator']), isNull(roleAssignments.teamId)))
    .orderBy(people.name)

async function load(): Promise<void> {
  const [maintainers, officers] = await Promise.all([loadMaintainers(), loadOfficers()])
  const byTeam = new Map<string, Helper[]>()
  for (const { teamId, team, id, name } of maintainers) {
    byTeam.set(teamId, [...(byTeam.get(teamId) ?? []), { id, name: `${name} (${team})` }])
  }
  const having = (role: string) =>
    officers.filter((one) => one.role === role).map(({ id, name }) => ({ id, name: `${name} (${role})` }))
  Object.assign(held(), {
    maintainers: byTeam,
    reviewers: having('reviewer'),
    administrators: having('administrator'),
  })
}

/** The team's maintainers or, where a second person is missing, the reviewers; administrators when there is nobody. */
const lookUp: HelpDirectory = ({ resource, askerId, wantsReviewer }) => {
  const { maintainers, reviewers, administrators } = held()
  const near = wantsReviewer ? reviewers : (maintainers.get(resource.teamId ?? '') ?? [])
  // The author, who submitted it, is no second person.
  const left = wantsReviewer ? [askerId, resource.authorId] : [askerId]
  const others = (helpers: Helper[]) => helpers.filter((helper) => !left.includes(helper.id))
  const found = others(near).length > 0 ? others(near) : others(administrators)
  return found.slice(0, mostNamed).map((helper) => helper.name)
}

/** Refusals name people without asking the database: whoever authenticates has the directory loaded. */
export async function warmHelpDirectory(): Promise<void> {
  setHelpDirectory(lookUp)
  await remember('help-directory', '', load)
}
