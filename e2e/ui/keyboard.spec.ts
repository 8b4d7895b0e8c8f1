import { sessionOf } from '../support/people'
import { expect, test } from '../support/test'

test.use({ storageState: sessionOf('scientist') })

test('a row of the catalogue is reached, shown beside the list and put away by keys', async ({ page }) => {
  await page.goto('/catalog?q=airport_delays&kind=group')
  const row = page.getByRole('table', { name: 'Catalogue' }).getByRole('row').nth(1)
  await expect(row).toContainText('airport_delays')
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(row.getByRole('link', { name: 'airport_delays', exact: true })).toBeFocused({ timeout: 500 })
  }).toPass()
  const outline = await row
    .getByRole('link', { name: 'airport_delays', exact: true })
    .evaluate((link) => getComputedStyle(link).outlineStyle)
  expect(outline, 'the focus is seen').not.toBe('none')

  const panel = page.getByRole('complementary', { name: 'Feature group airport_delays' })
  await page.keyboard.press(' ')
  await expect(panel).toContainText('How late the flights')
  await expect(panel.getByRole('list', { name: 'Verdict' })).toContainText('owned by flights')
  await expect(panel.getByRole('link', { name: 'mean_delay_7d' })).toBeVisible()
  await expect(page).toHaveURL(/peek=group(%2F|\/)airport_delays/)
  await page.reload()
  await expect(panel, 'the address reproduces it').toBeVisible()
  await expect(async () => {
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden({ timeout: 2000 })
  }).toPass()
  await expect(page).not.toHaveURL(/peek=/)

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('Peek at the row')
})

test('the palette gives the focus back; the filters can be skipped; no environment is none', async ({
  page,
}) => {
  await page.goto('/catalog')
  const filters = page.getByRole('navigation', { name: 'Filters' }).first()
  await filters.getByRole('link', { name: 'Skip the filters' }).focus()
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('Escape')
  await expect(filters.getByRole('link', { name: 'Skip the filters' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('#found')).toBeFocused()

  await page.goto('/groups/airport_delays?environment=mars')
  await expect(page.getByRole('heading', { level: 1, name: 'airport_delays' })).toHaveCount(0)
})

test('brackets go from tab to tab; the help names what works here alone', async ({ page }) => {
  await page.goto('/groups/airport_delays')
  const tab = (name: string) => page.getByRole('link', { name: new RegExp(`^${name}`) })
  await expect(tab('Overview')).toHaveAttribute('aria-current', 'page')
  await expect(async () => {
    await page.keyboard.press(']')
    await expect(tab('Features')).toHaveAttribute('aria-current', 'page', { timeout: 2000 })
  }).toPass()
  await page.keyboard.press('[')
  await expect(tab('Overview')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(help).toContainText('Tab to the right')
  await expect(help).not.toContainText('Peek at the row')
})
