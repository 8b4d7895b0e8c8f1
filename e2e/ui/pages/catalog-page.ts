import { expect, type Page } from '@playwright/test'

/** The catalogue, and the palette that searches it from anywhere. */
export class CatalogPage {
  readonly table
  readonly filters

  constructor(private readonly page: Page) {
    this.table = page.getByRole('table', { name: 'Catalogue' })
    this.filters = page.getByRole('navigation', { name: 'Filters' })
  }

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Catalogue' }).first().click()
    await expect(this.page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible()
  }

  /** The row of an asset, by its full name. */
  row(name: string) {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('link', { name, exact: true }) })
  }

  async search(query: string): Promise<void> {
    await this.page.getByPlaceholder('Search the catalogue').fill(query)
    await expect(this.page).toHaveURL(new RegExp(`q=${query}`))
  }

  /** Opens a hit of the palette: ⌘K, type, choose. */
  async jumpTo(query: string, hit: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k')
    const palette = this.page.getByRole('dialog', { name: 'Search' })
    await palette.getByRole('combobox').fill(query)
    await palette
      .getByRole('option')
      .filter({ has: this.page.getByTitle(hit, { exact: true }) })
      .click()
    await expect(palette).toBeHidden()
  }
}
