import { PgDialect } from 'drizzle-orm/pg-core'
import { closeDatabase, sql as raw } from '@/db/client'
import { browseStatement, countStatement } from '@/lib/catalog/browse-sql'
import { searchQuery } from '@/lib/catalog/operations'
import { searchStatement } from '@/lib/catalog/search-sql'
import { termsOf } from '@/lib/catalog/terms'
import { testContext } from '@/lib/identity/testing'

const ctx = testContext({
  kind: 'user',
  id: 'x',
  name: 'x',
  sessionId: 'x',
  roles: [{ role: 'viewer', teamId: null, environment: null }],
  teams: [],
  grants: [],
} as never)
const dialect = new PgDialect({ casing: 'snake_case' })
const q = searchQuery.parse(JSON.parse(process.argv[2] ?? '{}'))
const terms = termsOf(q.q)
const st =
  process.argv[3] === 'count'
    ? countStatement(ctx, q)
    : q.q === ''
      ? browseStatement(ctx, q, 0)
      : searchStatement(ctx, { terms, atLeast: terms.concepts.length, weights: [] }, q, 0)
if (!st) throw new Error('none')
const { sql, params } = dialect.sqlToQuery(st)
if (process.argv[4] === 'sql') console.log(sql, params)
const rows = await raw().unsafe(
  'explain (analyze, timing on, summary on, costs off) ' + sql,
  params as never[],
)
console.log(
  rows
    .map((r) => Object.values(r)[0])
    .join('\n')
    .slice(0, 90000),
)
await closeDatabase()
