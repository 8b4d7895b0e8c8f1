import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import {
  issueSignInLink,
  sessionCookieName,
  sessionToken,
  signInWithLink,
  systemContext,
} from '@/lib/identity'
import { testActor } from '@/lib/identity/testing'
import { contextOf } from './context'

async function sessionCookie(personId: string): Promise<string> {
  const now = new Date()
  const { path } = await issueSignInLink(systemContext(), personId)
  const token = new URL(path, 'http://localhost').searchParams.get('token')
  const session = await signInWithLink({ token }, { address: null, userAgent: null, now })
  return `${sessionCookieName}=${await sessionToken(session)}`
}

const changeFrom = (cookie: string, origin: string) => {
  const headers = new Headers({ cookie, origin, host: 'portal.example' })
  const { signal } = new AbortController()
  return { headers, method: 'POST', url: 'http://portal.example/api/v1/teams', signal }
}

it('a change by session from another origin is refused, and the refusal is a row of the audit log', async () => {
  const cookie = await sessionCookie((await testActor({ role: 'producer' })).id)
  const own = await contextOf(changeFrom(cookie, 'http://portal.example'), 'own', true)
  expect(own.via).toBe('ui')
  const foreign = contextOf(changeFrom(cookie, 'http://elsewhere.example'), 'foreign-origin', true)
  await expect(foreign).rejects.toMatchObject({ code: 'forbidden' })
  const rows = await db().select().from(auditLog).where(eq(auditLog.requestId, 'foreign-origin'))
  expect(rows).toMatchObject([{ verdict: 'deny', actorId: own.actor.id, policies: ['own-origin'] }])
})
