import { request } from '@/lib/api-client'
import type { DraftResource, KeptDraft } from '@/lib/drafts/operations'

/** The portal's copies of drafts. A portal that is away, or refuses, is nothing that a form waits for. */
export interface ServerDrafts {
  /** Null: there is none; undefined: it could not be asked. */
  read: (form: string) => Promise<{ value: unknown; savedAt: string } | null | undefined>
  /** When it was kept; undefined: it was not. */
  keep: (form: string, value: unknown) => Promise<string | undefined>
  /** Whether it is gone. */
  forget: (form: string) => Promise<boolean>
}

const pathOf = (form: string) => `/api/v1/drafts/${encodeURIComponent(form)}`

export const serverDrafts: ServerDrafts = {
  read: async (form) => {
    try {
      const { value, saved_at: savedAt } = (await request<DraftResource>(pathOf(form))).data
      return savedAt === null ? null : { value, savedAt }
    } catch {
      return undefined
    }
  },
  keep: async (form, value) => {
    try {
      return (await request<KeptDraft>(pathOf(form), { method: 'PUT', body: { value } })).data.saved_at
    } catch {
      return undefined
    }
  },
  forget: async (form) => {
    try {
      await request(pathOf(form), { method: 'DELETE' })
      return true
    } catch {
      return false
    }
  },
}
