import type { Locator, Page } from '@playwright/test'

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

/** The cells of a table, row by row, without its head. */
export const rowsOf = (table: Locator): Promise<string[][]> =>
  table
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))
