import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A catalogue as a large company has one: feature groups of ten features each, always the same ones. Its words
 * are those of `subjects.txt`; markets and lines of business have copies of a subject, and each team has habits of its
 * own when it names things, so that the same is called by many names and many things share a word.
 */
const markets = [
  ['nordics', 'Nordic countries'],
  ['dach', 'Germany, Austria and Switzerland'],
  ['iberia', 'Spain and Portugal'],
  ['benelux', 'Belgium, the Netherlands and Luxembourg'],
  ['uk', 'United Kingdom'],
  ['france', 'France'],
  ['italy', 'Italy'],
]
const windows = [7, 30, 90]
const featuresAGroup = 10

function subjects() {
  let area = { domain: '', entity: '', lines: [''] }
  return readFileSync(join(import.meta.dirname, 'subjects.txt'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const parts = line.replace(/^= /, '').split(' | ')
      if (line.startsWith('= ')) {
        area = { domain: parts[0], entity: parts[2], lines: parts[3].split(', ') }
        return []
      }
      if (line === '' || line.startsWith('#')) return []
      const [name, events, measured, says, own, ownSays] = parts
      return [{ ...area, name, events, measured, says, own, ownSays }]
    })
}

/** Small and even enough for choosing (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0
  return (choices) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return choices[((t ^ (t >>> 14)) >>> 0) % choices.length]
  }
}

const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '_')

const measures = [
  [
    'int64',
    (e, _m, w) => [`num_${e}_${w}d`, `${e}_count_${w}d`, `cnt_${e}_${w}d`],
    'Number of {events} in the last {w} days.',
  ],
  [
    'float64',
    (e, m, w) => [`avg_${m}_${w}d`, `mean_${m}_${w}d`, `${e}_${m}_avg_${w}d`],
    'Mean {measured} of the {events} of {w} days.',
  ],
  [
    'float64',
    (e, m, w) => [`max_${m}_${w}d`, `highest_${m}_${w}d`, `${e}_${m}_max_${w}d`],
    'Largest {measured} among the {events} of {w} days.',
  ],
  [
    'float64',
    (_e, m, w) => [`sum_${m}_${w}d`, `total_${m}_${w}d`, `tot_${m}_${w}d`],
    '{measured} of all {events} of {w} days, added up.',
  ],
  [
    'float64',
    (_e, m, w) => [`std_${m}_${w}d`, `${m}_stddev_${w}d`, `${m}_volatility_${w}d`],
    'How widely the {measured} of the {events} is spread over {w} days.',
  ],
  [
    'int64',
    (e) => [`days_since_last_${e}`, `${e}_recency_days`, `last_${e}_age_d`],
    'Days that have passed since the newest of the {events}; empty when there were none.',
  ],
  [
    'float64',
    (e, _m, w) => [`${e}_trend_${w}d`, `${e}_growth_${w}d`, `delta_${e}_${w}d`],
    'Change of the number of {events} against the {w} days before.',
  ],
  [
    'float64',
    (e, _m, w) => [`weekend_share_${e}_${w}d`, `pct_${e}_weekend_${w}d`, `${e}_weekend_ratio_${w}d`],
    'Share of the {events} of {w} days that fell on a Saturday or Sunday.',
  ],
  [
    'date',
    (e) => [`first_${e}_on`, `${e}_first_date`, `initial_${e}_dt`],
    'Day of the very first of the {events}.',
  ],
]

function featuresOf(subject, habit, random) {
  const [events, measured] = [slug(subject.events), slug(subject.measured.replace(/ in euros$/, ''))]
  const own = { name: subject.own, type: 'float64', description: subject.ownSays, tags: [] }
  const general = measures.map(([type, names, says]) => {
    const days = random(windows)
    const text = says.replaceAll('{events}', subject.events).replaceAll('{measured}', subject.measured)
    const description = text.replaceAll('{w}', String(days))
    return {
      name: names(events, measured, days)[habit],
      type,
      description: description[0].toUpperCase() + description.slice(1),
      tags: [],
    }
  })
  return [own, ...general]
}

function groupOf(subject, line, [market, country], at) {
  const random = randomOf(at + 1)
  const team = `${subject.domain}_${market}`
  const habit = (subject.domain.length + market.length + line.length) % 3
  return {
    name: `${subject.name}_${line}_${market}`,
    description: `${subject.says} ${country}, ${line} business.`,
    entity: subject.entity,
    domain: subject.domain,
    team,
    tags: [subject.domain, line, ...(at % 9 === 0 ? ['pii'] : [])],
    classification: at % 23 === 7 ? 'restricted' : at % 11 === 4 ? 'confidential' : 'internal',
    lifecycle: at % 17 === 3 ? 'deprecated' : 'active',
    features: featuresOf(subject, habit, random),
  }
}

/** Markets in regions, as many as are needed; those of the first region have the name of the market alone. */
const region = (at) =>
  markets.map(([market, country]) =>
    at === 0 ? [market, country] : [`${market}_${at + 1}`, `${country}, region ${at + 1}`],
  )

/** `{ teams, entities, groups }`, names only for the first two. A larger one holds the smaller ones. */
export function generatedCatalogue(featuresWanted = 50_000) {
  const groupsWanted = Math.ceil(featuresWanted / featuresAGroup)
  const all = subjects()
  const groups = []
  for (let at = 0; groups.length < groupsWanted; at++)
    for (const market of region(at))
      for (const subject of all) for (const line of subject.lines) groups.push([subject, line, market])
  const made = groups
    .slice(0, groupsWanted)
    .map(([subject, line, market], at) => groupOf(subject, line, market, at))
  const distinct = (values) => [...new Set(values)]
  return {
    teams: distinct(made.map(({ team }) => team)),
    entities: distinct(made.map(({ entity }) => entity)),
    groups: made,
  }
}

/** One group as a table of a warehouse is registered. */
export const wideGroup = {
  name: 'wide_group',
  description: 'All columns of the daily table.',
  entity: 'cardholder',
  domain: 'payments',
  team: 'payments_nordics',
  tags: ['payments'],
  classification: 'internal',
  lifecycle: 'active',
  features: Array.from({ length: 500 }, (_, at) => ({
    name: `column_${at}`,
    type: 'float64',
    description: `Column ${at} of the daily table.`,
    tags: [],
  })),
}
