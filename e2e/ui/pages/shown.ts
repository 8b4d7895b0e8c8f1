import { expect, type Locator, type Page } from '@playwright/test'

/** A number as the pages write it: thin spaces between thousands, a minus sign of its own. */
export const numberOf = (text: string): number =>
  Number(
    text
      .replaceAll(/[\u202f\s]/g, '')
      .replace('−', '-')
      .replace(/\(.*\)$/, ''),
  )

/** Facts of a ruled list by their term. */
export async function factsOf(page: Page): Promise<Record<string, string>> {
  const pairs = await page
    .locator('dl > div')
    .evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.textContent ?? '')))
  return Object.fromEntries(pairs.map(([term = '', value = '']) => [term, value]))
}

/** The visible cells of a table, row by row, without its head; waits until it has rows. */
export async function rowsOf(table: Locator): Promise<string[][]> {
  const rows = table.locator('tbody tr')
  await expect(rows.first()).toBeVisible()
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => String(Reflect.get(cell, 'innerText')).trim())),
  )
}

/** The same by the words in the table's head. */
export async function recordsOf(table: Locator): Promise<Record<string, string>[]> {
  const heads = await table.locator('thead th').allTextContents()
  const rows = await rowsOf(table)
  return rows.map((cells) => Object.fromEntries(heads.map((head, place) => [head, cells[place] ?? ''])))
}
