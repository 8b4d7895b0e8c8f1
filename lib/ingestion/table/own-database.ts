import type postgres from 'postgres'
import { sql as ownSql } from '@/db/client'
import { env } from '@/lib/core/env'

interface Server {
  /** Null where the role may not ask for it. */
  id: string | null
  role: string
}

async function serverOf(sql: postgres.Sql): Promise<Server> {
  const [row] = await sql<{ role: string }[]>`select current_user::text as role`
  const [known] = await sql<
    { id: string }[]
  >`select system_identifier::text as id from pg_control_system()`.catch(() => [])
  return { id: known?.id ?? null, role: row?.role ?? '' }
}

const placeOf = (url: string) => {
  const { hostname, port } = new URL(url)
  return `${hostname}:${port || '5432'}`
}

/** The role that runs the portal, and the one that owns its tables. */
async function ownRoles(): Promise<string[]> {
  const rows = await ownSql()<{ role: string }[]>`
    select current_user::text as role
    union select pg_get_userbyid(relowner)::text from pg_class where oid = 'audit_log'::regclass`
  return rows.map(({ role }) => role)
}

/**
 * Whether a connection reaches the portal's own server with the rights of the portal: registry, audit log, sessions and
 * online rows would be readable through a source.
 */
export async function isOwnDatabase(url: string, sql: postgres.Sql): Promise<boolean> {
  const there = await serverOf(sql)
  const here = await serverOf(ownSql())
  const isSame =
    there.id !== null && here.id !== null
      ? there.id === here.id
      : placeOf(url) === placeOf(env().DATABASE_URL ?? url)
  if (!isSame) return false
  const [row] = await sql<{ may: boolean }[]>`
    select coalesce(bool_or(pg_has_role(current_user, oid, 'member')), false)
      or (select rolsuper from pg_roles where rolname = current_user) as may
    from pg_roles where rolname in ${sql(await ownRoles())}`
  return row?.may ?? true
}
