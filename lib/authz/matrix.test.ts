import { expect, test } from 'vitest'
import { type Role, roles } from '@/lib/core/principal'
import { type Action, actions } from './actions'
import { type Classification, classifications } from './classification'
import { decide } from './decide'
import type { ResourceFacts } from './resource'
import { contextWith, groupWith, subjectWith } from './testing/subjects'

const marks: Record<Classification, string> = {
  public: 'P',
  internal: 'I',
  confidential: 'C',
  restricted: 'R',
}
const other: Partial<ResourceFacts> = { teamId: 't_growth', team: 'growth' }

/** One cell: the classifications for which the act is allowed; a point where it is not. */
function cell(
  subject: { role: Role | null; maintainer?: boolean },
  action: Action,
  owner: Partial<ResourceFacts>,
) {
  const actor = subjectWith({
    roles: subject.role === null ? [] : [subject.role],
    teams: { t_flights: subject.maintainer ? 'maintainer' : 'member' },
  })
  const allowed = (classification: Classification) =>
    decide(contextWith(actor), action, groupWith({ ...owner, classification })).allowed
  return classifications.map((one) => (allowed(one) ? marks[one] : '·')).join('')
}

const subjects: [string, { role: Role | null; maintainer?: boolean }][] = [
  ['no role', { role: null }],
  ['maintainer', { role: null, maintainer: true }],
  ...roles.map((role): [string, { role: Role }] => [role, { role }]),
]

test('role × action × classification × own or other team is the reviewed table', async () => {
  const head = ['action', ...subjects.flatMap(([name]) => [`${name}, own team`, 'other team'])]
  const lines = actions.map((action) => [
    `\`${action}\``,
    ...subjects.flatMap(([, subject]) => [cell(subject, action, {}), cell(subject, action, other)]),
  ])
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const text = `# Who may do what

Every role on a feature group that someone else wrote, no grant held. P public, I internal, C confidential,
R restricted; a point stands for a refusal. Written by matrix.test.ts: a change here is a change of rights.

${table}
`
  await expect(text).toMatchFileSnapshot('./matrix.md')
})
