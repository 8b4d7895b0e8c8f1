import { type APIRequestContext, test as base } from '@playwright/test'
import { keepDraftsHere } from './drafts'
import { kept } from './installation'

export { expect } from '@playwright/test'

type KeyRole = 'administrator' | 'viewer'

function keyOf(role: KeyRole): string {
  const keys = kept('keys')
  const secret = typeof keys === 'object' && keys !== null && role in keys ? Reflect.get(keys, role) : null
  if (typeof secret !== 'string') throw new Error(`The setup kept no key of the role ${role}.`)
  return secret
}

interface Fixtures {
  /** HTTP with an administrator's API key. */
  api: APIRequestContext
  /** HTTP with a viewer's API key. */
  viewerApi: APIRequestContext
  /** HTTP without any key or session. */
  stranger: APIRequestContext
}

/** Tests with the interface at hand; pages carry the session that a spec names by `test.use({ storageState })`. */
export const test = base.extend<Fixtures>({
  context: async ({ context }, use) => {
    await keepDraftsHere(context)
    await use(context)
  },
  api: async ({ playwright, baseURL }, use) => {
    const extraHTTPHeaders = { authorization: `Bearer ${keyOf('administrator')}` }
    const context = await playwright.request.newContext({ baseURL, extraHTTPHeaders })
    await use(context)
    await context.dispose()
  },
  viewerApi: async ({ playwright, baseURL }, use) => {
    const extraHTTPHeaders = { authorization: `Bearer ${keyOf('viewer')}` }
    const context = await playwright.request.newContext({ baseURL, extraHTTPHeaders })
    await use(context)
    await context.dispose()
  },
  stranger: async ({ playwright, baseURL }, use) => {
    const context = await playwright.request.newContext({ baseURL })
    await use(context)
    await context.dispose()
  },
})
