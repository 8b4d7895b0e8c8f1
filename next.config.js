// @ts-check
/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // `npm run verify` checks the types; a build for use must not depend on it.
  typescript: { ignoreBuildErrors: true },
  // A redirect would lose the body of a POST from clients that do not follow it.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: [
    '@duckdb/node-api',
    '@duckdb/node-bindings',
    '@cedar-policy/cedar-wasm',
    'postgres',
    'pino',
  ],
  agentRules: false,
}
