import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { purposeActions } from '@/lib/authz/actions'
import type { Operation } from '@/lib/core/operation'
import { sessionCookieName } from '@/lib/identity'
import { currentDocument, operations } from '.'
import { headerParametersOf } from './headers'

const namesOf = (operation: Operation) => headerParametersOf(operation).map(({ name }) => name)
const needsMatch = (operation: Operation) => namesOf(operation).includes('If-Match')
const idsOf = (found: readonly Operation[]) => found.map(({ operationId }) => operationId).sort()

const appFolder = join(import.meta.dirname, '../../app')
const sourceOf = ({ path }: Operation) =>
  readFileSync(join(appFolder, path.replaceAll(/\{([^}]+)\}/g, '[$1]'), 'route.ts'), 'utf8')
const timesIn = (text: string, part: string) => text.split(part).length - 1

describe('header parameters', () => {
  it('name If-Match for every change and removal of what has a version', () => {
    const changes = operations.filter(({ method }) => method === 'PATCH' || method === 'DELETE')
    expect(idsOf(changes.filter((one) => !needsMatch(one)))).toEqual([
      'deleteDraft',
      'deleteRows',
      'deleteSpine',
      'removeFromBasket',
      'takeBackReuse',
      'unfollowAsset',
    ])
    expect(operations.filter((one) => !changes.includes(one)).filter(needsMatch)).toEqual([])
  })

  it('name If-Match exactly where the route reads it', () => {
    const changing = operations.filter(({ method }) => method === 'PATCH' || method === 'DELETE')
    for (const operation of changing) {
      const ofPath = changing.filter(({ path }) => path === operation.path)
      expect([operation.path, timesIn(sourceOf(operation), "headers.get('if-match')")]).toEqual([
        operation.path,
        ofPath.filter(needsMatch).length,
      ])
    }
  })

  it('name X-Purpose wherever the policy asks for one', () => {
    const reads = operations.filter((one) => namesOf(one).includes('X-Purpose'))
    expect(idsOf(reads)).toEqual(
      idsOf(operations.filter(({ action }) => purposeActions.some((one) => one === action))),
    )
    expect(idsOf(reads)).toContain('readOnlineFeatures')
    expect(idsOf(reads)).toContain('getHistoricalFeatures')
  })

  it('name Range where a file is served', () => {
    const ranged = operations.filter(({ ranges }) => ranges)
    expect(idsOf(ranged)).toEqual(['getTrainingDatasetFile'])
    for (const one of ranged) expect(sourceOf(one)).toContain('fileReply')
  })
})

describe('the document', () => {
  it('has the headers, and the cookie that the browser really sends', () => {
    const document = JSON.stringify(currentDocument())
    expect(timesIn(document, '"name":"If-Match","in":"header","required":true')).toBe(
      operations.filter(needsMatch).length,
    )
    expect(timesIn(document, '"name":"Idempotency-Key"')).toBeGreaterThan(40)
    expect(document).toContain(`"in":"cookie","name":"${sessionCookieName}"`)
  })
})
