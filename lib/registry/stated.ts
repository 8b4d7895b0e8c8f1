import { type Change, type ChangeClass, change } from './diff'
import type { GroupRow } from './queries'
import { durationOrNull } from './serialize'

/** What is said of a group beside its schema, under the names of the interface. */
export type Stated = Record<string, unknown>

export const statedOf = ({ group, team, entity }: GroupRow): Stated => ({
  description: group.description,
  tags: group.tags,
  classification: group.classification,
  owner_team: team,
  entity,
  domain: group.domain,
  cadence: durationOrNull(group.cadenceSeconds),
  note: group.note,
  purposes: group.purposes,
  lawful_basis: group.lawfulBasis,
  permitted_use: group.permittedUse,
  permitted_use_note: group.permittedUseNote,
  custom: group.custom,
})

/** None of it touches stored data; what readers may rely on asks them to look. */
const mere: ReadonlySet<string> = new Set([
  'description',
  'tags',
  'owner_team',
  'domain',
  'note',
  'permitted_use_note',
  'custom',
])
const classOf = (name: string): ChangeClass => (mere.has(name) ? 'info' : 'warning')

/** What differs in what is said of a group. What the older side did not record is not compared. */
export const statedChanges = (from: Stated, to: Stated): Change[] =>
  Object.keys(to).flatMap((name) => (name in from ? change(name, from[name], to[name], classOf(name)) : []))
