import type { Subject } from '@/lib/authz'

/** The actor behind an API key, or null when it is unknown, revoked or expired. */
export async function authenticateKey(_secret: string): Promise<Subject | null> {
  return null
}

/** The actor behind the browser session that a Cookie header names, or null. */
export async function authenticateSession(_cookieHeader: string | null): Promise<Subject | null> {
  return null
}
