import { asc } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { environments } from '@/db/schema'
import { invalidField } from '@/lib/core/errors'

/** All environments in their order, `dev` to `prod`. */
export async function listEnvironments(executor: Executor = db()): Promise<string[]> {
  const rows = await executor
    .select({ name: environments.name })
    .from(environments)
    .orderBy(asc(environments.position), asc(environments.name))
  return rows.map((row) => row.name)
}

/** 422 at the member that names an environment which does not exist. */
export async function requireEnvironments(
  executor: Executor,
  names: string[],
  pointerOf = (at: number) => `/environments/${at}`,
): Promise<void> {
  const known = await listEnvironments(executor)
  names.forEach((name, at) => {
    if (known.includes(name)) return
    const reason = `There is no environment \`${name}\`; there are ${known.join(', ')}.`
    throw invalidField(pointerOf(at), reason, 'unknown_environment')
  })
}
