import { type GuidePart, guideParts, screens } from './screens'

/** A part of the guide. */
export interface Help {
  href: string
  label: string
}

const helpOf = (part: GuidePart): Help => ({ href: `/docs/${part}`, label: guideParts[part] })

const isName = (part: string) => part.startsWith('[')

/** Fits a path part by part; a route that names more of it is the closer one. */
function routeOf(pathname: string): string | null {
  const parts = pathname.split('/').filter(Boolean)
  const fits = Object.keys(screens).filter((route) => {
    const named = route.split('/').filter(Boolean)
    return (
      !route.includes('?') &&
      named.length === parts.length &&
      named.every((part, index) => isName(part) || part === parts[index])
    )
  })
  const names = (route: string) => route.split('/').filter(isName).length
  return fits.sort((one, other) => names(one) - names(other))[0] ?? null
}

/** What the guide says of the screen at an address, with `tab` as the address has it; null where it says nothing. */
export function helpFor(pathname: string, tab: string | null = null): Help | null {
  const route = routeOf(pathname)
  if (route === null) return null
  const part = screens[`${route}?tab=${tab}`] ?? screens[route]
  return part ? helpOf(part) : null
}

const everything: readonly Help[] = Object.keys(guideParts)
  .filter((part): part is GuidePart => part in guideParts)
  .map(helpOf)

/** Parts of the guide whose words begin with what is typed, after the one of the screen; that one alone for nothing. */
export function helpLike(query: string, here: Help | null, most = 4): Help[] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean)
  const own = here ? [here] : []
  if (typed.length === 0) return own
  const all = [...own, ...everything.filter(({ href }) => href !== here?.href)]
  return all
    .filter(({ label }) => {
      const words = `help ${label}`.toLowerCase().split(/[\s:]+/)
      return typed.every((part) => words.some((word) => word.startsWith(part)))
    })
    .slice(0, most)
}
