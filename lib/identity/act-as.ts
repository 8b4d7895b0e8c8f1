import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { people, serviceAccounts } from '@/db/schema'
import type { Subject } from '@/lib/authz'
import { warmHelpDirectory } from './help-directory'
import { keyActor, loadKeyFacts } from './load-keys'
import { loadRights } from './load-subject'
import { systemContext } from './system-context'

async function principalName(id: string): Promise<string | null> {
  for (const table of [people, serviceAccounts]) {
    const [row] = await db()
      .select({ name: table.name })
      .from(table)
      .where(and(eq(table.id, id), isNull(table.disabledAt)))
    if (row) return row.name
  }
  return null
}

/**
 * Who asked for a job, with the rights of this moment and the limits of the key that was used; null when the person
 * or the key is gone: the job is then nobody's. `system` is the installation itself.
 */
export async function actAs(principalId: string, keyId: string | null): Promise<Subject | null> {
  if (principalId === 'system') return { ...systemContext().actor, grants: [] }
  if (keyId !== null) {
    const [found] = await Promise.all([loadKeyFacts('id', [keyId]), warmHelpDirectory()])
    const facts = found.get(keyId)
    return facts === undefined ? null : keyActor(facts)
  }
  const name = await principalName(principalId)
  if (name === null) return null
  await warmHelpDirectory()
  return { kind: 'user', id: principalId, name, ...(await loadRights(principalId, null)), sessionId: '' }
}
