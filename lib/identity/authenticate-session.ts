import type { Subject } from '@/lib/authz'
import { hearChanges } from './changes'
import { warmHelpDirectory } from './help-directory'
import { loadRights } from './load-subject'
import { remember } from './remember'
import { sessionIdOf } from './session-cookie'
import { findSession, noteSessionUse } from './sessions'

async function load(sessionId: string): Promise<Subject | null> {
  const person = await findSession(sessionId)
  if (!person) return null
  await Promise.all([noteSessionUse(sessionId), warmHelpDirectory()])
  return {
    kind: 'user',
    id: person.id,
    name: person.name,
    ...(await loadRights(person.id, null)),
    sessionId,
  }
}

/** The actor behind the browser session that a Cookie header names; null when there is none or it has ended. */
export async function authenticateSession(cookieHeader: string | null): Promise<Subject | null> {
  const sessionId = await sessionIdOf(cookieHeader)
  if (sessionId === null) return null
  hearChanges()
  return remember('sessions', sessionId, () => load(sessionId))
}
