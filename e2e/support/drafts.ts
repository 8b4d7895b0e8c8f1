import type { BrowserContext } from '@playwright/test'

const none = { form: 'none', value: null, saved_at: null }
const kept = { form: 'none', saved_at: '2026-01-01T00:00:00.000000Z' }

/**
 * Specs run beside each other as the same few people: what one of them types must not come back in another's form.
 * So their drafts stay in their browsers, as when the portal holds none. Who is of one test alone needs it not.
 */
export const keepDraftsHere = (context: BrowserContext): Promise<unknown> =>
  context.route('**/api/v1/drafts/**', (route) => {
    const method = route.request().method()
    return route.fulfill(method === 'DELETE' ? { status: 204 } : { json: method === 'GET' ? none : kept })
  })
