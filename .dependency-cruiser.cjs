/** Rooms of lib/ from low to high: a room may import its own level and the ones before it. */
const levels = [
  ['authz'],
  ['audit', 'usage', 'notify', 'queue', 'settings', 'profiles', 'edges', 'idempotency', 'documentation'],
  ['identity'],
  ['registry'],
  ['contracts', 'catalog', 'comments', 'announcements', 'drafts', 'feedback', 'glossary', 'views'],
  ['ingestion', 'offline', 'online'],
  ['lineage', 'monitoring'],
  ['datasets', 'basket'],
  ['governance', 'ownership', 'certification', 'retirement', 'completeness', 'examples'],
  ['definitions'],
  ['jobs', 'health', 'sample', 'feast', 'organisation'],
]
const domains = levels.flat()
/** Rooms beside the order: they know the wire, or nothing of ours at all. */
const others = ['core', 'http', 'openapi', 'api-client']

const any = (names) => `(?:${names.join('|')})`
const tests = ['\\.test\\.tsx?$', '\\.testing\\.ts$', '^(?:lib/[^/]+|db)/testing/']
const data = '^db/|^node_modules/(?:drizzle-orm|postgres)/'

const order = levels.slice(0, -1).map((level, index) => ({
  name: `order-${level.join('-')}`,
  comment: 'A low room knows nothing of a higher one; the higher one reacts to it.',
  severity: 'error',
  from: { path: `^lib/${any(level)}/`, pathNot: tests },
  to: { path: `^lib/${any(levels.slice(index + 1).flat())}/` },
}))

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  rooms: [...domains, ...others],
  forbidden: [
    ...order,
    rule('no-cycles', 'Two modules that need each other are one.', {}, { circular: true }),
    rule('resolves', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
    rule(
      'core-alone',
      'lib/core imports nothing of ours.',
      { path: '^lib/core/' },
      { path: '^(?:lib/(?!core/)|db/|app/|components/|server/|scripts/|e2e/)' },
    ),
    rule(
      'domain-through-index',
      'Another domain is entered through its index; operations and the action table are for everybody.',
      { path: `^lib/([^/]+)/` },
      {
        path: `^lib/${any(domains)}/`,
        pathNot: [
          '^lib/$1/',
          '^lib/[^/]+/(?:index|operations|plain)\\.ts$',
          '^lib/authz/actions\\.ts$',
          '/testing/',
        ],
      },
    ),
    rule(
      'domain-knows-no-wire',
      'A use case serves pages, REST, jobs and foreign interfaces alike.',
      { path: `^lib/${any(domains)}/`, pathNot: tests },
      {
        path: '^(?:app|components|server|scripts|lib/(?:http|openapi|api-client))/|^node_modules/(?:next|react|react-dom)/',
      },
    ),
    rule(
      'http-knows-no-data',
      'The wire knows operations and who calls, not tables.',
      { path: '^lib/(?:http|openapi|api-client)/', pathNot: tests },
      { path: `${data}|^(?:app|components|server)/` },
    ),
    rule(
      'http-through-operations',
      'The wire reads operation records; identity tells it who calls, the refusal before the body is a row, a retry gets the first answer, and reads are counted.',
      { path: '^lib/(?:http|openapi|api-client)/', pathNot: tests },
      {
        path: `^lib/${any(domains)}/`,
        pathNot: [
          '/operations\\.ts$',
          '^lib/(?:identity|audit|authz|idempotency|usage)/index\\.ts$',
          '^lib/authz/actions\\.ts$',
        ],
      },
    ),
    rule(
      'db-below-domains',
      'The database knows no domain.',
      { path: '^db/', pathNot: ['^db/(?:testing|seed)/', ...tests] },
      { path: '^(?:lib/(?!core/)|app/|components/|server/|scripts/)' },
    ),
    rule(
      'app-without-data',
      'Routes and pages hold no SQL.',
      { path: '^app/', pathNot: tests },
      { path: data },
    ),
    rule(
      'app-through-index',
      'Routes and pages enter a domain through its index.',
      { path: '^app/' },
      {
        path: `^lib/${any(domains)}/`,
        pathNot: ['^lib/[^/]+/(?:index|operations|plain)\\.ts$', '^lib/authz/actions\\.ts$'],
      },
    ),
    rule(
      'route-alone',
      'What two routes share lives in lib; /health and /health/live are the short names of two of them.',
      { path: '^app/', pathNot: '^app/health/(live/)?route\\.ts$' },
      { path: '^app/.*/route\\.ts$', pathNot: tests },
    ),
    rule(
      'components-in-the-browser',
      'Components know operations and the typed client, never a domain, the database or the wire.',
      { path: '^components/', pathNot: tests },
      {
        path: `${data}|^(?:app|server|scripts)/|^lib/(?:${domains.join('|')}|http|openapi)/|^lib/core/(?:env|logger|singleton|ids)\\.ts$`,
        pathNot: ['^lib/[^/]+/(?:operations|plain)\\.ts$', '^lib/authz/actions\\.ts$'],
      },
    ),
    rule(
      'ui-without-words',
      'Primitives know no domain.',
      { path: '^components/ui/' },
      { path: '^lib/(?!core/)|^components/(?!ui/)' },
    ),
    rule(
      'operations-in-the-browser',
      'operations.ts is read by forms and clients: nothing of the server may hang on it.',
      { path: '^lib/[^/]+/operations\\.ts$' },
      { path: `${data}|^node_modules/(?:@duckdb|pino|next|@cedar-policy)/`, reachable: true },
    ),
    rule(
      'server-through-index',
      'What runs enters a domain through its index.',
      { path: '^(?:server|scripts|bench)/', pathNot: tests },
      {
        path: `^lib/${any(domains)}/`,
        // The engine process is the other end of the offline room's protocol.
        pathNot: [
          '^lib/[^/]+/(?:index|operations|plain)\\.ts$',
          '^lib/authz/actions\\.ts$',
          '^lib/offline/protocol\\.ts$',
        ],
      },
    ),
    rule(
      'browser-tests-outside',
      'Browser tests see the product as a stranger does.',
      { path: '^e2e/' },
      { path: '^(?:lib/(?!api-client/)|app/|components/|server/|db/(?!testing/))' },
    ),
    rule(
      'no-development-packages',
      'What runs for users needs no development package.',
      { path: '^(?:app|components|lib|db|server)/', pathNot: tests },
      { dependencyTypes: ['npm-dev'] },
    ),
    rule(
      'test-code-stays',
      'Test code is for tests.',
      { pathNot: [...tests, '^e2e/', '^bench/'] },
      { path: tests },
    ),
  ],
}
