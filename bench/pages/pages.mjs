/** What is looked at, and what somebody does there. `shown` becomes true when the screen shows the result. */
const press = (key) => (page) => page.keyboard.press(key)
const click = (locator) => (page) => locator(page).click()
const group = '/groups/airport_delays'
const isAt = (part) => `location.href.includes(${JSON.stringify(part)})`
const isChosenRow = `document.activeElement?.closest('tbody tr, [role=row]') != null`
const isPanel = `document.querySelector('aside[aria-label] h2') != null`

const palette = {
  what: 'open ⌘K',
  act: press('Control+k'),
  shown: `document.querySelector('[cmdk-input]') != null`,
}
const tab = (name, part) => ({
  what: `tab ${name}`,
  act: click((page) => page.locator('nav[data-tabs]').getByRole('link', { name })),
  shown: `${isAt(part)} && document.querySelector('nav[data-tabs] [aria-current=page]')?.href.includes(${JSON.stringify(part)})`,
})
const next = { what: 'j', act: press('j'), shown: isChosenRow }
const typed = (find, text) => ({
  what: 'type a letter',
  before: async (page) => {
    await find(page).click()
    await page.keyboard.type(text.slice(0, -1))
  },
  act: press(text.slice(-1)),
  shown: `document.activeElement?.value?.endsWith(${JSON.stringify(text)})`,
})

export const pages = [
  { name: 'home', path: '/', acts: [palette] },
  {
    name: 'catalogue',
    path: '/catalog',
    acts: [
      next,
      { what: 'open the panel', before: press('j'), act: press('Space'), shown: isPanel },
      typed((page) => page.getByRole('searchbox').first(), 'del'),
      {
        what: 'tick a facet',
        act: click((page) => page.locator('a[href*="kind=feature"]').first()),
        shown: `${isAt('kind=feature')} && document.querySelector('a[aria-current=true][href^="/catalog"]') != null`,
      },
    ],
  },
  { name: 'group', path: group, acts: [tab('Data', 'tab=data')] },
  { name: 'feature', path: `${group}/features/mean_delay_7d`, acts: [palette] },
  { name: 'service', path: '/services/delay_model_v1', acts: [tab('Versions', 'tab=versions')] },
  {
    name: 'register',
    path: '/register',
    acts: [typed((page) => page.getByLabel('Name', { exact: true }).first(), 'delays')],
  },
  { name: 'reviews', path: '/governance/reviews', acts: [] },
  { name: 'monitoring', path: '/monitoring', acts: [next] },
]
