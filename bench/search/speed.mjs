import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const usualRounds = 40

/** Nanoseconds that PostgreSQL's processes and this one have had of a core: waiting for one is not work. Linux only. */
function work(postmaster) {
  const own = readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    if (pid === String(process.pid)) return true
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === postmaster
    } catch {
      return false
    }
  })
  const nanoseconds = own.map((pid) => {
    try {
      return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0])
    } catch {
      return 0
    }
  })
  return nanoseconds.reduce((sum, one) => sum + one, 0)
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
const ms = (value) => value.toFixed(1).padStart(7)

/** What a person types one letter after the other. */
const keystrokes = (text) => Array.from({ length: text.length - 1 }, (_, end) => text.slice(0, end + 2))

const words = 'payments share deliveries amount weekend disputes patients stays claims minutes'.split(' ')
const typed = ['parcel_deliv', 'mean_amount', 'churn', 'card disputes', 'outages', 'worst arrears'].flatMap(
  keystrokes,
)

/** By class: what is asked, one after the other, and the limits in milliseconds of p50 and p99. */
const classes = [
  ['common word', [15, 60], words.map((q) => ({ q }))],
  ['commonest words', [15, 60], ['number', 'days', 'of the', 'last 30 days'].map((q) => ({ q }))],
  [
    'exact name',
    [15, 60],
    ['route_delays', 'card_disputes_wallet_dach', 'mean_delay_7d', 'hub_class'].map((q) => ({ q })),
  ],
  [
    'two words',
    [15, 60],
    ['parcel late', 'mean amount', 'share weekend', 'card france', 'patient days'].map((q) => ({ q })),
  ],
  [
    'meaning',
    [15, 60],
    [
      'hours between accident and call',
      'returned goods that did not fit',
      'people who move to a competitor',
      'missed doctor appointments',
    ].map((q) => ({ q })),
  ],
  [
    'misspelled',
    [15, 60],
    ['parcell delivary', 'vacinations', 'custmer engagment', 'mortgge repayments', 'overboking'].map((q) => ({
      q,
    })),
  ],
  ['nothing', [15, 60], ['qqqqqqq', 'zzyzx grommet'].map((q) => ({ q }))],
  ['keystrokes', [10, 40], typed.map((q) => ({ q, limit: 12, facets: 'false' }))],
  [
    'word, filters',
    [15, 60],
    words.map((q, i) => ({ q, team: ['payments_dach', 'retail_uk'][i % 2], kind: 'feature' })),
  ],
  [
    'filters',
    [15, 60],
    [
      { team: 'payments_uk' },
      { entity: 'patient', type: 'float64' },
      { kind: 'group', tag: 'pii' },
      { lifecycle: 'deprecated' },
    ],
  ],
  ['everything', [15, 60], [{}, { sort: 'name' }, { sort: '-updated_at' }, { kind: 'group' }]],
  [
    'filtered empty',
    [15, 60],
    [
      { q: 'parcel', team: 'flights' },
      { q: 'delay', entity: 'patient', kind: 'source' },
    ],
  ],
]

const lists = [
  [
    'features',
    'askFeatures',
    [15, 60],
    [
      {},
      { team: 'payments_uk' },
      { tag: 'pii', sort: '-updated_at' },
      { q: 'days', entity: 'patient' },
      { group: 'card_disputes_wallet_dach' },
    ],
  ],
  ['groups', 'askGroups', [15, 60], [{}, { team: 'payments_uk' }, { tag: 'pii' }, { q: 'card' }]],
]

async function measure(name, [p50, p99], asked, act, rounds = usualRounds) {
  measure.statements?.()
  const times = []
  const before = work(measure.postmaster)
  let asks = 0
  for (let round = 0; round < Math.max(rounds, asked.length); round++) {
    const start = performance.now()
    asks++
    await act(asked[round % asked.length], round)
    if (round >= asked.length || asked.length >= rounds) times.push(performance.now() - start)
  }
  const core = (work(measure.postmaster) - before) / 1e6 / asks
  const statements = measure.statements
    ? `   statements ${(measure.statements() / asks).toFixed(0).padStart(3)}`
    : ''
  times.sort((one, other) => one - other)
  const [half, most] = [at(times, 0.5), at(times, 0.99)]
  const kept = half <= p50 && most <= p99
  console.log(
    `${kept ? ' ' : '!'} ${name.padEnd(28)} p50 ${ms(half)} (${p50})   p99 ${ms(most)} (${p99})   fastest ${ms(times[0])}   work ${ms(core)}${statements}`,
  )
}

/** The second page of a list, as its cursor leads there. */
async function deepPage(catalogue, reader) {
  let cursor
  for (let page = 0; page < 20; page++) {
    const answer = await catalogue.askFeatures(reader, { limit: 200, ...(cursor ? { cursor } : {}) })
    cursor = answer.meta.next_cursor
  }
  await measure('features, page 21', [15, 60], [{ limit: 200, cursor }], (asked) =>
    catalogue.askFeatures(reader, asked),
  )
}

const watch = (folder) => {
  measure.postmaster = readFileSync(join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]
}

/** The same of what the server asks for its pages, with the statements of each; the first visit of each is told apart. */
export async function measurePages(catalogue, folder, only) {
  watch(folder)
  catalogue.watchStatements()
  measure.statements = catalogue.statementsAsked
  const visits = [
    [await catalogue.member('payments_nordics', 'producer'), catalogue.pages],
    [await catalogue.member('payments_nordics', 'reviewer'), catalogue.reviewersPages],
  ]
  for (const [who, pages] of visits)
    for (const [name, limits, act] of pages.filter(([name]) => only === null || name.includes(only))) {
      await measure(`${name}, first`, limits, [0], () => act(who, 0), 1)
      await measure(name, limits, [0], (_, round) => act(who, round), 12)
    }
}

/** Milliseconds of the use cases’ time, and of what they worked of it, in this process and PostgreSQL, one request at a time. */
export async function measureSpeed(catalogue, folder) {
  watch(folder)

  const reader = await catalogue.reader()
  const people = await catalogue.crowd(1000)
  for (const [name, limits, asked] of classes)
    await measure(name, limits, asked, (one) => catalogue.ask(reader, one))
  for (const [name, act, limits, asked] of lists)
    await measure(name, limits, asked, (one) => catalogue[act](reader, one))
  await deepPage(catalogue, reader)
  console.log('\nby a thousand people, each with rights of their own')
  for (const [name, limits, asked] of classes)
    await measure(name, limits, asked, (one, round) =>
      catalogue.ask(people[(round * 37) % people.length], one),
    )
}
