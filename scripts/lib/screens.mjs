const administrator = 'admin@localhost.localdomain'
const scientist = 'ines.okafor@sample.example'
const owner = 'mara.voss@sample.example'
const reviewer = 'jonas.lind@sample.example'
const viewer = 'tomas.reyes@sample.example'

/** Turnarounds of aircraft at gates: a file as somebody would bring it, 400 rows without a random number. */
function turnarounds() {
  const rows = Array.from({ length: 400 }, (_, index) => {
    const at = new Date(Date.parse('2026-05-01T05:00:00Z') + index * 7_740_000).toISOString()
    const wave = Math.sin(index * 1.7) + Math.sin(index * 0.31)
    const fuel = index % 29 === 0 ? '' : (5200 + 900 * wave).toFixed(1)
    const cells = [1 + (index % 24), at, 38 + Math.round(9 * wave), fuel, index % 5 === 0, 'ABC'[index % 3]]
    return cells.join(',')
  })
  return `Gate ID,Left at,Minutes at gate,Fuel kg,De-iced,Pier\n${rows.join('\n')}\n`
}

async function dropTurnarounds(page) {
  const file = { name: 'gate_turnarounds.csv', mimeType: 'text/csv', buffer: Buffer.from(turnarounds()) }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByLabel('Event time in the file').waitFor()
}

/** The key of the address has been read: its button asks for the next one. */
const keyAnswered = (page) => page.getByRole('button', { name: 'Read', exact: true }).waitFor()

/**
 * What each screen shows, as whom. `prepare` brings the page to where it is shown. A reference screen is one that a
 * reader of five seconds must understand.
 */
export const screens = [
  { name: 'sign-in', path: '/sign-in', isReference: true },
  { name: 'home', path: '/', as: owner, isReference: true },
  { name: 'catalogue', path: '/catalog', as: scientist, isReference: true },
  { name: 'group', path: '/groups/airport_delays', as: scientist, isReference: true },
  {
    name: 'feature',
    path: '/groups/airport_delays/features/mean_delay_7d',
    as: scientist,
    isReference: true,
  },
  { name: 'service', path: '/services/delay_model_v1', as: scientist, isReference: true },
  {
    name: 'drift',
    path: '/groups/airport_delays?tab=quality&feature=mean_delay_1d',
    as: scientist,
    isReference: true,
  },
  { name: 'register', path: '/register', as: owner, prepare: dropTurnarounds, isReference: true },
  { name: 'audit', path: '/governance/audit', as: reviewer, isReference: true },
  { name: 'refused', path: '/groups/airport_delays?tab=data', as: viewer, isReference: true },
  { name: 'monitoring', path: '/monitoring', as: scientist },
  {
    name: 'one-key',
    path: '/groups/airport_delays?tab=data&key=ORD',
    as: scientist,
    prepare: keyAnswered,
  },
  { name: 'lineage', path: '/groups/airport_delays?tab=lineage', as: scientist },
  { name: 'runs', path: '/groups/airport_delays/runs', as: owner },
  { name: 'datasets', path: '/datasets', as: scientist },
  { name: 'dataset', path: '/datasets/flight_delays', as: scientist },
  { name: 'archive', path: '/groups/customer_churn/archive', as: administrator },
  { name: 'jobs', path: '/operations/jobs', as: owner },
  { name: 'keys', path: '/settings/keys', as: administrator },
]
