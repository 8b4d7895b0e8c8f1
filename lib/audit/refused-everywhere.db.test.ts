import { describe, expect, test } from 'vitest'
import { setAssetDirectory } from '@/lib/authz'
import { contextWith, groupWith, subjectWith } from '@/lib/authz/testing/subjects'
import type { DomainError } from '@/lib/core/errors'
import { authorizeAtAll } from './authorize'
import { listAudit } from './list-audit'

const administrator = contextWith(subjectWith({ roles: ['administrator'] }))
const viewer = contextWith(subjectWith({ roles: ['viewer'] }))

const caught = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.unreachable('it was allowed'),
    (error) => error,
  )

describe('a refusal before anything is read', () => {
  test('who may do it to nothing is told what would do, with what the request names', async () => {
    const named = groupWith({ name: 'named_group' })
    setAssetDirectory(async ({ name }) => (name === named.name ? named : null))
    const refused = (name: string) =>
      caught(authorizeAtAll(viewer, 'group:write_online', { kind: 'group', name }))
    expect(await refused(named.name)).toMatchObject({
      message: 'Needs a producer of team flights; you are a viewer.',
      details: { decision: { resource: 'named_group', missing: [expect.stringContaining('team flights')] } },
    })
    expect(await refused('nothing_there')).toMatchObject({
      message: 'Needs a producer of the team that owns it; you are a viewer.',
      details: { decision: { resource: 'system' } },
    })
    for (const name of ['named_group', 'nothing_there']) {
      const { data } = await listAudit(administrator, { resource: `group:${name}` })
      expect(data, name).toMatchObject([{ verdict: 'deny', action: 'group:write_online' }])
    }
    expect(await caught(authorizeAtAll(viewer, 'people:manage'))).toMatchObject({
      message: 'Needs an administrator; you are a viewer.',
    })
  })

  test('what the request names is not described to who may not know of it', async () => {
    const hidden = groupWith({ name: 'hidden_target', classification: 'restricted' })
    setAssetDirectory(async () => hidden)
    const refused = (name: string) =>
      caught(authorizeAtAll(viewer, 'group:write_online', { kind: 'group', name }))
    const [one, other] = [await refused(hidden.name), await refused('no_such_target')]
    expect(one.message).toBe(other.message)
    expect(one.details).toEqual(other.details)
  })
})
