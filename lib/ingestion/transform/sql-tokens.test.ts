import { describe, expect, it } from 'vitest'
import { bindWindow } from './bind-window'
import { refuseUnsteady } from './refuse-unsteady'

describe('bindWindow', () => {
  it('replaces placeholders, and leaves strings, names and comments as they are', () => {
    const window = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00.500000Z' }
    const sql = `select '$from', "$to", e'\\'$from' /* $to */ from t -- $from\nwhere d > $from and d <= $to and $fromage`
    expect(bindWindow(sql, window)).toBe(
      `select '$from', "$to", e'\\'$from' /* $to */ from t -- $from\nwhere d > timestamp '2026-01-01 00:00:00' and d <= timestamp '2026-01-02 00:00:00.500000' and $fromage`,
    )
  })
})

describe('refuseUnsteady', () => {
  it.each([
    'select now() from t',
    'select NOW () from t',
    'select * from t order by random()',
    'select current_date from t',
    "select getenv('HOME')",
    'select * from t tablesample 10%',
    'select * from t using  sample 5',
  ])('refuses: %s', (sql) => {
    expect(() => refuseUnsteady(sql)).toThrow('does not give the same value')
  })

  it.each([
    'select \'now()\', "random()" from t -- now()',
    'select t.version, version, now_playing, renow(x) from t /* random() */',
    'select known(1), t.now from t',
  ])('lets through: %s', (sql) => {
    expect(() => refuseUnsteady(sql)).not.toThrow()
  })
})
