import { expect, type Page } from '@playwright/test'

/** Registration from a dropped file. */
export class RegisterPage {
  constructor(private readonly page: Page) {}

  /** Drops a file as the desktop would: the area gets the event, the file lies in its data. */
  async drop(fileName: string, text: string): Promise<void> {
    const area = this.page.getByText('Drop a CSV, Parquet, Arrow, NDJSON or JSON file')
    await expect(area).toBeVisible()
    const dataTransfer = await this.page.evaluateHandle(
      ({ name, content }) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([content], name, { type: 'text/csv' }))
        return transfer
      },
      { name: fileName, content: text },
    )
    await area.dispatchEvent('drop', { dataTransfer })
  }

  /** Picks a file of any bytes, as the dialog would. */
  async choose(fileName: string, buffer: Buffer): Promise<void> {
    const mimeType = 'application/octet-stream'
    await this.page.getByLabel(/^Drop a CSV/).setInputFiles({ name: fileName, mimeType, buffer })
  }

  field(label: string) {
    return this.page.getByLabel(label, { exact: true })
  }

  /** A cell of the grid of features, from 1. */
  cell(column: 'Name' | 'Type' | 'Meaning' | 'Classification' | 'Tags', feature: number) {
    return this.page.getByLabel(`${column}, feature ${feature}`, { exact: true })
  }

  async names(): Promise<string[]> {
    const cells = this.page.getByRole('textbox', { name: /^Name, feature/ })
    return cells.evaluateAll((all) => all.map((cell) => String(Reflect.get(cell, 'value'))))
  }

  async types(): Promise<string[]> {
    const cells = this.page.getByRole('combobox', { name: /^Type, feature/ })
    return cells.evaluateAll((all) => all.map((cell) => String(Reflect.get(cell, 'value'))))
  }

  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Register', exact: true }).click()
  }
}
