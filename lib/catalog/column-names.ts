import { namePattern } from '@/lib/core/names'

const longest = 63

/** A header as a name: `Dep. Delay (min)` → `dep_delay_min`, `meanDelay` → `mean_delay`, `7d` → `c_7d`. */
export function nameOfColumn(header: string): string {
  if (namePattern.test(header)) return header
  const plain = header
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  const named = /^[a-z]/.test(plain) ? plain : `c_${plain}`
  return named.slice(0, longest).replace(/_+$/, '')
}

/** Names for all headers, each once: what would come twice gets a number. */
export function namesOfColumns(headers: string[]): string[] {
  const used = new Set<string>()
  return headers.map((header) => {
    const name = nameOfColumn(header)
    let free = name
    for (let number = 2; used.has(free); number++) free = `${name.slice(0, longest - 4)}_${number}`
    used.add(free)
    return free
  })
}

const keyEnding = /_(id|key|code|uuid|number|no)$/

/** What the keys identify: `customer_id` → customer; `origin`, `destination` → origin_destination. */
export const entityNameOf = (keys: string[]): string =>
  keys
    .map((key) => key.replace(keyEnding, ''))
    .join('_')
    .slice(0, longest)
