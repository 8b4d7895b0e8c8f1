import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actions } from '@/lib/authz/actions'
import type { Operation } from '@/lib/core/operation'
import { operations } from '.'

const root = join(import.meta.dirname, '../..')
const appFolder = join(root, 'app')
/** Health at its second, short path. */
const doubles = new Set(['health/route.ts', 'health/live/route.ts'])

const routeFiles = readdirSync(appFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('route.ts') && !doubles.has(path))
  .map((path) => join(appFolder, path))

/** `app/api/v1/entities/[name]/route.ts` → `/api/v1/entities/{name}`; a rest parameter keeps its name. */
const pathOf = (file: string) =>
  `/${relative(join(root, 'app'), file)}`
    .replace(/\/route\.ts$/, '')
    .replaceAll(/\[{1,2}(?:\.\.\.)?([^\]]+)\]{1,2}/g, '{$1}')

const keyOf = (operation: Pick<Operation, 'method' | 'path'>) => `${operation.method} ${operation.path}`

/** Names of parameters are the folder's business and the record's; their places must agree. */
const shapeOf = (path: string) => path.replaceAll(/\{[^}]+\}/g, '{}')

const isFunctionWithOperation = (value: unknown): value is { operation: Operation } =>
  typeof value === 'function' && 'operation' in value

async function served(): Promise<{ file: string; operation: Operation }[]> {
  const found = await Promise.all(
    routeFiles.map(async (file) => {
      const module: Record<string, unknown> = await import(file)
      return Object.values(module)
        .filter(isFunctionWithOperation)
        .map(({ operation }) => ({ file, operation }))
    }),
  )
  return found.flat()
}

describe('routes and records', () => {
  it('every record has a route, every route a record, in the right folder', { timeout: 60_000 }, async () => {
    const routes = await served()
    const misplaced = routes.filter(
      ({ file, operation }) => shapeOf(pathOf(file)) !== shapeOf(operation.path),
    )
    expect(misplaced.map(({ file, operation }) => `${keyOf(operation)} in ${file}`)).toEqual([])
    const known = operations.map(keyOf).sort()
    expect([...new Set(routes.map(({ operation }) => keyOf(operation)))].sort()).toEqual(known)
  })

  it('operation ids and paths are unique', () => {
    for (const identify of [(one: Operation) => one.operationId, keyOf]) {
      const all = operations.map(identify)
      expect(new Set(all).size).toBe(all.length)
    }
  })

  it('every action is one that the policies know', () => {
    const unknown = operations.filter(({ action }) => action && !actions.some((known) => known === action))
    expect(unknown.map(keyOf)).toEqual([])
  })

  it.each(
    operations
      .filter(({ body }) => body?.schema && body.example !== undefined)
      .map((one) => [keyOf(one), one]),
  )('the example of %s parses', (_, operation) => {
    const parsed = (operation as Operation).body?.schema?.safeParse((operation as Operation).body?.example)
    expect(parsed?.error).toBeUndefined()
  })
})
