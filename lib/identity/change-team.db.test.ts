import { eq } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { auditLog, domains, teams } from '@/db/schema'
import { authenticateKey } from './authenticate-key'
import { deleteTeam, updateTeam } from './change-team'
import { stopHearing } from './changes'
import { ensureFirstRun } from './first-run'
import { assignRole } from './roles'
import { createServiceKey } from './service-accounts'
import { systemContext } from './system-context'
import { createTeam, getTeam, setTeamMember } from './teams'
import { testActor, testContext } from './testing'

afterAll(stopHearing)

describe('a team', () => {
  const ctx = systemContext()

  test('is changed by whoever has seen it as it is', async () => {
    const { etag } = await createTeam(ctx, { name: 'harbour', description: 'Ships.' })
    const change = { description: 'Ships and quays.' }
    await expect(updateTeam(ctx, 'harbour', change, null)).rejects.toMatchObject({
      code: 'precondition_required',
    })
    const changed = await updateTeam(ctx, 'harbour', change, etag)
    expect(changed).toMatchObject({ display_name: 'harbour', description: 'Ships and quays.' })
    expect(changed.etag).not.toBe(etag)
    await expect(updateTeam(ctx, 'harbour', change, etag)).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    await expect(updateTeam(ctx, 'harbour', { name: 'port' }, '*')).rejects.toMatchObject({ code: 'invalid' })
    await expect(updateTeam(ctx, 'harbour', { display_name: ' ' }, '*')).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(updateTeam(ctx, 'nowhere', change, '*')).rejects.toMatchObject({ code: 'not_found' })
    const viewer = testContext(await testActor({ role: 'viewer' }))
    await expect(updateTeam(viewer, 'harbour', change, '*')).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('that owns anything stays, and says what; one that owns nothing goes with its members', async () => {
    await ensureFirstRun({ sample: false })
    await createTeam(ctx, { name: 'islands' })
    const secret = await createServiceKey(ctx, { name: 'ferry', role: 'viewer', team: 'islands' })
    const actor = await authenticateKey(secret)
    await setTeamMember(ctx, 'islands', { person: 'ferry' })
    await assignRole(ctx, actor?.id ?? '', { role: 'producer', team: 'islands' })
    await expect(deleteTeam(ctx, 'islands', '*')).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: { users: [expect.stringMatching(/given for it$/)] } },
    })
    await createTeam(ctx, { name: 'shores' })
    const shores = (await db().select().from(teams).where(eq(teams.name, 'shores')))[0]?.id ?? ''
    await db().insert(domains).values({ id: 'coast', name: 'coast', ownerTeamId: shores, createdBy: 'test' })
    await expect(deleteTeam(ctx, 'shores', '*')).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: { users: ['1 domain'] } },
    })
    await createTeam(ctx, { name: 'reefs' })
    await setTeamMember(ctx, 'reefs', { person: 'ferry' })
    await expect(deleteTeam(ctx, 'reefs', null)).rejects.toMatchObject({ code: 'precondition_required' })
    const { etag } = await getTeam(ctx, 'reefs')
    await deleteTeam(ctx, 'reefs', etag)
    await expect(getTeam(ctx, 'reefs')).rejects.toMatchObject({ code: 'not_found' })
    const acts = await db().select().from(auditLog).where(eq(auditLog.resourceName, 'reefs'))
    expect(acts.at(-1)?.before).toMatchObject({ name: 'reefs', members: [{ name: 'ferry' }] })
  })

  test('that is built in stays', async () => {
    await expect(deleteTeam(ctx, 'default', '*')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('built in'),
    })
  })
})
