import { expect, it } from 'vitest'
import type { Role } from '@/lib/core/principal'
import { contextOf } from '../testing'
import { approvalBar } from './approvals'

const owner = { teamId: 'flights-id', team: 'flights' }
const caller = (roles: Role[], teamId: string | null) =>
  contextOf(roles, teamId === null ? null : { id: teamId, name: 'some' })

it('lets anybody who may approve approve, unless the organisation asks for more', () => {
  expect(approvalBar(caller(['administrator'], 'flights-id'), { approversFrom: 'anyone' }, owner)).toBeNull()
})

it('holds back members of the owning team where another team is asked for', () => {
  const asked = { approversFrom: 'another_team' } as const
  expect(approvalBar(caller(['reviewer'], 'flights-id'), asked, owner)).toContain('outside the team flights')
  expect(approvalBar(caller(['reviewer'], 'growth-id'), asked, owner)).toBeNull()
})

it('holds back administrators where reviewers are asked for', () => {
  const asked = { approversFrom: 'reviewers' } as const
  expect(approvalBar(caller(['administrator'], null), asked, owner)).toContain('role reviewer')
  expect(approvalBar(caller(['reviewer'], null), asked, owner)).toBeNull()
})
