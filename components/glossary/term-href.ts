/** The page of a term. */
export const termHref = (name: string) => `/glossary/${encodeURIComponent(name)}`
