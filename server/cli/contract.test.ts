import { expect, it } from 'vitest'
import type { OdcsImportResource } from '@/lib/contracts/operations'
import { importText } from './contract'

const gone = { term: 'rows.per_day', old: 'at least 10', new: null, effect: 'less' as const }
const aged = { term: 'freshness.max_age', old: null, new: 'at most P1D old', effect: 'more' as const }
const read: OdcsImportResource = {
  group: 'visits',
  version: 1,
  terms: {},
  mode: 'merge',
  change: 'more',
  changes: [aged],
  modes: [
    { mode: 'merge', change: 'more', changes: [aged], refused: null },
    { mode: 'create', change: 'less', changes: [aged, gone], refused: 'Contract 3 is in force already.' },
    { mode: 'replace', change: 'less', changes: [aged, gone], refused: null },
  ],
  features: [{ feature: 'n', term: 'nullable', now: null, document: 'false' }],
  not_enforced: [{ path: '/price', line: 6, reason: 'no term stands for it' }],
  contract: null,
}

it('says what a document comes to each way, and what is not taken', () => {
  expect(importText(read).split('\n')).toEqual([
    'merge: 1 change',
    '  freshness.max_age: nothing → at most P1D old',
    'create: Contract 3 is in force already.',
    'replace: 2 changes',
    'a new version of the group takes in n nullable: nothing → false',
    'not enforced, line 6, /price: no term stands for it',
  ])
  expect(importText({ ...read, contract: 4 })).toContain('Contract 4 is proposed.')
})
