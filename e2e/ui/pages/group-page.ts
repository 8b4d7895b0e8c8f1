import { expect, type Page } from '@playwright/test'

type Tab =
  | 'Overview'
  | 'Features'
  | 'Data'
  | 'Quality & drift'
  | 'Lineage'
  | 'Versions'
  | 'Contract'
  | 'Usage'
  | 'Activity'

/** The page of a feature group, its tabs and its acts. */
export class GroupPage {
  readonly verdict
  readonly useIt

  constructor(
    private readonly page: Page,
    readonly name: string,
  ) {
    this.verdict = page.getByRole('list', { name: 'Verdict' })
    this.useIt = page.getByRole('dialog', { name: `Use ${name}@1` })
  }

  async expectOpen(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.name, level: 1 })).toBeVisible()
  }

  async tab(tab: Tab): Promise<void> {
    const link = this.page
      .getByRole('navigation', { name: 'Parts of this page' })
      .getByRole('link', { name: tab })
    await link.click()
    await expect(link).toHaveAttribute('aria-current', 'page')
  }

  async act(label: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More actions' }).click()
    await this.page.getByRole('menuitem', { name: label }).click()
  }

  /** Reads one key with the form of the tab Data. */
  async readKey(values: Record<string, string>): Promise<void> {
    for (const [column, value] of Object.entries(values)) {
      await this.page.getByRole('textbox', { name: column }).fill(value)
    }
    await this.page.getByRole('button', { name: 'Read', exact: true }).click()
  }
}
