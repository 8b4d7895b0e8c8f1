import type { TestProject } from 'vitest/node'
import { Installation } from './installation'

export interface Keys {
  administrator: string
  producer: string
  consumer: string
  viewer: string
}

declare module 'vitest' {
  interface ProvidedContext {
    origin: string
    home: string
    keys: Keys
  }
}

const roles = ['administrator', 'producer', 'consumer', 'viewer'] as const

/** One installation with the small sample for all files that only ask; those that kill bring their own. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const installation = await Installation.create('truth', 'small')
  try {
    await installation.start()
    const keys: Partial<Keys> = {}
    for (const role of roles)
      keys[role] = await installation.almanac('key', 'create', '--name', `truth-${role}`, '--role', role)
    const { administrator = '', producer = '', consumer = '', viewer = '' } = keys
    provide('origin', installation.origin)
    provide('home', installation.home)
    provide('keys', { administrator, producer, consumer, viewer })
  } catch (error) {
    await installation.remove()
    throw error
  }
  return () => installation.remove()
}
