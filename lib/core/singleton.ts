/**
 * The portal's own bundle and Next's bundle are two module graphs in one process: what must exist once
 * (pools, caches, plans) lives on globalThis under one symbol.
 */
const key = Symbol.for('almanac')
type Store = Map<string, unknown>

export function singleton<T>(name: string, create: () => T): T {
  const holder = globalThis as { [key]?: Store }
  holder[key] ??= new Map()
  const store = holder[key]
  if (!store.has(name)) store.set(name, create())
  // The name is unique to its one caller, so what is stored under it is what that caller created.
  return store.get(name) as T
}
