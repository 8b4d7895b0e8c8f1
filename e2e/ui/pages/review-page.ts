import { expect, type Page } from '@playwright/test'

/** The review of one version: its lines, what is said at them, and the decision. */
export class ReviewPage {
  readonly decision

  constructor(private readonly page: Page) {
    this.decision = page.getByRole('complementary', { name: 'Decision' })
  }

  /** The button of an act, beside the letter that presses it. */
  button(act: string) {
    return this.decision.getByRole('button', { name: new RegExp(`^${act}`) })
  }

  /** Does an act and says why. */
  async act(act: string, reason: string): Promise<void> {
    await this.button(act).click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByLabel(/^Reason/).fill(reason)
    await dialog.getByRole('button', { name: act, exact: true }).click()
    await expect(dialog).toHaveCount(0)
  }

  thread(field: string) {
    return this.page.getByRole('article', { name: `Thread on ${field}`, exact: true })
  }

  async comment(line: string, text: string): Promise<void> {
    await this.page.getByRole('button', { name: `Comment on ${line}` }).click()
    await this.page.getByRole('textbox', { name: `Comment on ${line}` }).fill(text)
    await this.page
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('textbox', { name: `Comment on ${line}` }) })
      .getByRole('button', { name: 'Comment', exact: true })
      .click()
    await expect(this.thread(line)).toContainText(text)
  }

  /** Suggests another value for a member of a line, such as `contract.min`. */
  async suggest(line: string, member: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: `Comment on ${line}` }).click()
    const form = this.page
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('textbox', { name: `Comment on ${line}` }) })
    await form.getByLabel('Suggest another value').check()
    await form.getByLabel('Suggest for').selectOption(`${line}.${member}`)
    await form.getByLabel('New value').fill(value)
    await form.getByRole('button', { name: 'Suggest', exact: true }).click()
    await expect(this.thread(`${line}.${member}`)).toContainText(value)
  }
}
