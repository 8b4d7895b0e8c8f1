const shown = 10

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, (one) => (one === '*' ? '[^:]*' : `\\${one}`))

/** The grade of each asset by `kind name`: the best of the patterns that it matches. */
function gradesOf(relevant, assets) {
  const grades = new Map()
  for (const [pattern, grade] of Object.entries(relevant)) {
    const [name, kind] = pattern.split(' ').reverse()
    const matches = new RegExp(`^${escaped(name)}$`)
    const meant = assets.filter(
      (asset) =>
        matches.test(asset.name) &&
        (kind === undefined || asset.kind === kind) &&
        (asset.active || !name.includes('*')),
    )
    if (meant.length === 0) throw new Error(`Nothing is called ${pattern}.`)
    for (const asset of meant) {
      const key = `${asset.kind} ${asset.name}`
      grades.set(key, Math.max(grade, grades.get(key) ?? 0))
    }
  }
  return grades
}

const gain = (grades) =>
  grades.slice(0, shown).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0)

/** One over the place of the first hit that is meant or would do (grade 2 or 3), among the first fifty. */
const reciprocalRank = (found) => {
  const at = found.findIndex((grade) => grade >= 2)
  return at < 0 ? 0 : 1 / (at + 1)
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
const two = (value) => value.toFixed(3).padStart(6)

function line(name, judged) {
  const count = String(judged.length).padStart(3)
  console.log(
    `${name.padEnd(12)} ${count} queries   MRR ${two(mean(judged.map((one) => one.rr)))}   nDCG@10 ${two(mean(judged.map((one) => one.ndcg)))}`,
  )
}

/** Asks each query as somebody with the role of a viewer would, and prints what it is worth by class and in all. */
export async function measureQuality(catalogue, queries, { why }) {
  const reader = await catalogue.reader()
  const assets = await catalogue.assetsFor(reader)
  const judged = []
  for (const { class: kind, q, relevant } of queries) {
    const grades = gradesOf(relevant, assets)
    const { data, meta } = await catalogue.ask(reader, { q, limit: 50 })
    const found = data.map((hit) => grades.get(`${hit.kind} ${hit.name}`) ?? 0)
    const ideal = [...grades.values()].sort((one, other) => other - one)
    judged.push({ kind, q, rr: reciprocalRank(found), ndcg: gain(found) / gain(ideal) })
    const { rr, ndcg } = judged.at(-1)
    if (why || rr < 1)
      console.log(
        `${rr < 1 ? '!' : ' '} ${two(rr)} ${two(ndcg)}  ${q}${meta.corrected ? ` → ${meta.corrected}` : ''}`,
      )
    if (why || rr < 1)
      for (const [at, hit] of data.slice(0, rr < 1 ? 5 : 3).entries())
        console.log(`          ${found[at]}  ${hit.kind} ${hit.name} (${hit.match}: ${hit.why})`)
  }
  console.log(`\n${assets.length} assets`)
  for (const kind of new Set(judged.map((one) => one.kind)))
    line(
      kind,
      judged.filter((one) => one.kind === kind),
    )
  line('all', judged)
}
