import { Refusal } from './report.mjs'

const leastVersion = 160000
const patienceSeconds = 10
/** Tables whose names a stranger's database may have too. */
const ownTables = ['people', 'teams', 'sessions', 'jobs', 'settings', 'features', 'profiles', 'commits']

/** Reads an address, or says what it should look like. */
function placeOf(name, url) {
  const shape = 'postgres://user:password@host:5432/database'
  if (!URL.canParse(url)) throw new Refusal(`${name} is not an address. It should read ${shape}.`)
  const parsed = new URL(url)
  if (!/^postgres(ql)?:$/.test(parsed.protocol))
    throw new Refusal(`${name} begins with ${parsed.protocol}// – Almanac needs PostgreSQL: ${shape}.`)
  const user = decodeURIComponent(parsed.username)
  return { host: parsed.host, user, database: decodeURIComponent(parsed.pathname.slice(1)) || user }
}

/** What to do about a failed connection, by what the server or the system said. */
function adviceFor({ code }, { host, user, database }) {
  switch (code) {
    case '28P01':
    case '28000':
      return `Correct user and password (signs like @ and / are written %40 and %2F), or on the server: ALTER ROLE "${user}" PASSWORD '…'`
    case '3D000':
      return `Create it on the server: CREATE DATABASE "${database}" OWNER "${user}"`
    case '42501':
      return `On the server: GRANT CONNECT ON DATABASE "${database}" TO "${user}"`
    case '53300':
      return 'All its connections are taken: end some, or raise max_connections.'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'No machine of that name is known here: correct the host.'
    default:
      return `Start the server at ${host}, or correct host and port.`
  }
}

async function connected(name, url, work) {
  const { default: postgres } = await import('postgres')
  const place = placeOf(name, url)
  const sql = postgres(url, { max: 1, connect_timeout: patienceSeconds, onnotice: () => {} })
  try {
    return await work(sql, place)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(
      `${name} points to ${place.host}, which answered: ${error.message || error.code}\n${adviceFor(error, place)}\nWithout DATABASE_URL Almanac brings its own database.`,
    )
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function requireServer(sql, { database }) {
  const [row] = await sql`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as told,
      current_setting('server_encoding') as encoding`
  if (row.version < leastVersion)
    throw new Refusal(`Almanac needs PostgreSQL 16 or newer; this server is ${row.told}.`)
  if (row.encoding !== 'UTF8')
    throw new Refusal(
      `The database "${database}" is encoded in ${row.encoding}. Create one in UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
    )
}

/** Before the first migration: whether it will succeed. Afterwards the tables are there, and theirs who made them. */
async function requireRoom(sql, name, { user, database }) {
  const [row] = await sql`
    select to_regclass('drizzle.__drizzle_migrations') is not null as migrated,
      has_database_privilege(current_database(), 'CREATE') as makes_schemas,
      has_schema_privilege('public', 'CREATE') as makes_tables,
      (select count(*) > 0 from pg_available_extensions where name = 'pg_trgm') as has_trigrams,
      array(select tablename::text from pg_tables where schemaname = 'public' and tablename in ${sql(ownTables)}) as strangers`
  if (row.migrated) return
  if (!row.has_trigrams)
    throw new Refusal('The server lacks the extension pg_trgm: install its package of contributed modules.')
  if (!row.makes_schemas || !row.makes_tables)
    throw new Refusal(
      `${name}: "${user}" may not create tables in "${database}". On the server: ALTER DATABASE "${database}" OWNER TO "${user}"\nOr name a role that may in DATABASE_OWNER_URL; DATABASE_URL then needs no rights of its own.`,
    )
  if (row.strangers.length > 0)
    throw new Refusal(
      `The database "${database}" holds tables of something else (${row.strangers.join(', ')}). Give Almanac one of its own: CREATE DATABASE almanac OWNER "${user}"`,
    )
}

/**
 * Asks a database that somebody else runs whether it will do, and says in words what is wrong and what to do.
 * `ownerUrl` absent: the same role migrates.
 */
export async function checkDatabase(url, ownerUrl) {
  await connected('DATABASE_URL', url, requireServer)
  const [name, owner] = ownerUrl ? ['DATABASE_OWNER_URL', ownerUrl] : ['DATABASE_URL', url]
  await connected(name, owner, (sql, place) => requireRoom(sql, name, place))
}
