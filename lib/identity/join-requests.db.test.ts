import { afterAll, expect, test } from 'vitest'
import { newId } from '@/lib/core/ids'
import { listNotifications } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import { stopHearing } from './changes'
import { joinRequestsQuery } from './join-operations'
import { acceptJoin, declineJoin, listJoinRequests, requestToJoin, withdrawJoin } from './join-requests'
import { getTeam } from './teams'
import { testActor, testContext } from './testing'

afterAll(stopHearing)

const waiting = joinRequestsQuery.parse({})
const reason = 'I look after the model.'

async function cast() {
  const team = `team_${newId().slice(-10)}`
  const maintainer = testContext(
    await testActor({ role: 'viewer', team, membership: 'maintainer', name: 'Mia' }),
  )
  const member = testContext(await testActor({ role: 'viewer', team, name: 'Ben' }))
  const asking = testContext(await testActor({ role: 'viewer', name: 'Ann' }))
  return { team, maintainer, member, asking }
}

test('a request is told to the maintainers, who take the person in', async () => {
  const { team, maintainer, member, asking } = await cast()
  const { id } = await requestToJoin(asking, team, { reason })
  const told = await listNotifications(maintainer, listNotificationsQuery.parse({}))
  expect(told.data).toMatchObject([{ kind: 'ownership', body: reason, actor: 'Ann' }])
  expect((await listJoinRequests(maintainer, waiting)).data).toMatchObject([{ id, may_decide: true }])
  expect((await listJoinRequests(asking, waiting)).data).toMatchObject([
    { id, mine: true, may_decide: false },
  ])
  expect((await listJoinRequests(member, waiting)).data).toEqual([])
  await expect(requestToJoin(asking, team, { reason })).rejects.toMatchObject({ code: 'conflict' })
  await expect(acceptJoin(asking, id, {})).rejects.toMatchObject({ code: 'forbidden' })
  await expect(acceptJoin(member, id, {})).rejects.toMatchObject({ code: 'not_found' })
  expect(await acceptJoin(maintainer, id, {})).toMatchObject({ state: 'accepted', decided_by: 'Mia' })
  expect((await getTeam(asking, team)).members).toContainEqual(
    expect.objectContaining({ name: 'Ann', membership: 'member' }),
  )
  await expect(declineJoin(maintainer, id, {})).rejects.toMatchObject({ code: 'conflict' })
  await expect(requestToJoin(asking, team, { reason })).rejects.toMatchObject({ code: 'conflict' })
})

test('a request is declined with a reason or withdrawn, and can be made anew', async () => {
  const { team, maintainer, asking } = await cast()
  const first = await requestToJoin(asking, team, { reason })
  expect(await declineJoin(maintainer, first.id, { reason: 'Not now.' })).toMatchObject({
    state: 'declined',
    decision_reason: 'Not now.',
  })
  const second = await requestToJoin(asking, team, { reason })
  await expect(withdrawJoin(maintainer, second.id, {})).rejects.toMatchObject({ code: 'conflict' })
  expect(await withdrawJoin(asking, second.id, {})).toMatchObject({ state: 'withdrawn' })
  expect((await getTeam(asking, team)).members.map(({ name }) => name)).not.toContain('Ann')
  await expect(requestToJoin(asking, 'nowhere_at_all', { reason })).rejects.toMatchObject({
    code: 'not_found',
  })
})
