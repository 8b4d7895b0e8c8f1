import { Fragment, type ReactNode } from 'react'
import { TermLink } from '@/components/glossary/term-link'
import { termsIn } from '@/lib/glossary'
import { pageContext } from '@/lib/http/page-context'

const longest = 200

/** The first sentence, as plain words. */
function brief(meaning: string): string {
  const [first = ''] = meaning.replaceAll(/[*_`#>]/g, '').split(/(?<=\.)\s|\n/)
  return first.length > longest ? `${first.slice(0, longest)} …` : first
}

/** Draws the words of one text: a term is linked where it stands first. */
export async function termWords(): Promise<(text: string) => ReactNode> {
  const piecesOf = await termsIn(await pageContext())
  const seen = new Set<string>()
  return (text) =>
    piecesOf(text).map(({ text: said, term }, at) => {
      const key = `${at} ${said}`
      if (!term || seen.has(term.name)) return <Fragment key={key}>{said}</Fragment>
      seen.add(term.name)
      return <TermLink key={key} text={said} name={term.name} meaning={brief(term.meaning)} />
    })
}
