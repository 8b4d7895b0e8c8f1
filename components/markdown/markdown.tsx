import type { MarkedToken, Token, Tokens } from 'marked'
import Link from 'next/link'
import { createElement, Fragment, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { CodeBlock } from '@/components/ui/code-block'
import { toRoute } from '@/components/ui/route'
import { scrollRegion } from '@/components/ui/scroll-region'
import { decoded, known, plainText, safeHref, slugger, tokensOf } from './tokens'

export interface MarkdownProps {
  text: string
  /** Level of the highest heading in the text: one below the heading it stands under. */
  level?: 1 | 3
  /** Before the ids of headings, so that they meet no other id of the page. */
  idPrefix?: string
  /** Where a link leads, e.g. from the file of a page to the page; as written when absent. */
  resolve?: (href: string) => string
  /** Draws plain words, where names of terms may stand in them. */
  words?: (text: string) => ReactNode
  className?: string
}

/** Deeper than this nobody writes on purpose. */
const deepest = 16

interface Drawing {
  level: number
  idPrefix: string
  words: (text: string) => ReactNode
  resolve: (href: string) => string
  slug: (text: string) => string
  /** Level of the last heading: none is skipped on the way down. */
  lastLevel: number
  depth: number
  isLinked: boolean
}

/** Siblings without keys: they come from one text and never change places. */
const all = (nodes: ReactNode[]): ReactNode => createElement(Fragment, null, ...nodes)

const within = (drawing: Drawing, tokens: readonly Token[] | undefined): ReactNode => {
  if (drawing.depth >= deepest) return (tokens ?? []).map(({ raw }) => raw).join('')
  drawing.depth += 1
  const drawn = all((tokens ?? []).map((token) => draw(drawing, known(token))))
  drawing.depth -= 1
  return drawn
}

const linked = (drawing: Drawing, tokens: readonly Token[]): ReactNode => {
  const { isLinked } = drawing
  drawing.isLinked = true
  const drawn = within(drawing, tokens)
  drawing.isLinked = isLinked
  return drawn
}

function drawLink(href: string, content: ReactNode): ReactNode {
  const safe = safeHref(href)
  if (safe === null) return content
  if (/^[/#]/.test(safe))
    return (
      <Link className="link underline" href={toRoute(safe)}>
        {content}
      </Link>
    )
  return (
    <a className="link underline [overflow-wrap:anywhere]" href={safe} rel="noopener noreferrer nofollow">
      {content}
    </a>
  )
}

const headingSize: Readonly<Record<number, string>> = { 2: 'mt-4 text-20 font-title' }

function drawHeading(drawing: Drawing, token: Tokens.Heading): ReactNode {
  const level = Math.min(drawing.level + token.depth - 1, drawing.lastLevel + 1, 6)
  drawing.lastLevel = level
  const id = drawing.idPrefix + drawing.slug(plainText(token.tokens))
  return createElement(
    `h${level}`,
    { id, className: cn('scroll-mt-16 font-medium', headingSize[level] ?? 'mt-1 text-13') },
    linked(drawing, token.tokens),
  )
}

function drawTask({ task, checked }: Tokens.ListItem): ReactNode {
  if (!task) return null
  return (
    <>
      <span aria-hidden>{checked ? '☑ ' : '☐ '}</span>
      <span className="sr-only">{checked ? 'Done: ' : 'Open: '}</span>
    </>
  )
}

function drawList(drawing: Drawing, token: Tokens.List): ReactNode {
  const items = token.items.map((item) =>
    createElement('li', { className: 'mt-1' }, drawTask(item), within(drawing, item.tokens)),
  )
  if (!token.ordered) return createElement('ul', { className: 'list-disc pl-5' }, ...items)
  const start = typeof token.start === 'number' ? token.start : 1
  return createElement('ol', { className: 'list-decimal pl-6', start }, ...items)
}

const aligned = { left: 'text-left', center: 'text-center', right: 'text-right' } as const

function drawTable(drawing: Drawing, token: Tokens.Table): ReactNode {
  const cell = (name: 'th' | 'td', { tokens, align }: Tokens.TableCell) =>
    createElement(
      name,
      {
        className: cn('px-2 py-1 first:pl-0', aligned[align ?? 'left'], name === 'th' && 'font-medium'),
        ...(name === 'th' ? { scope: 'col' } : {}),
      },
      within(drawing, tokens),
    )
  const row = (name: 'th' | 'td', cells: Tokens.TableCell[]) =>
    createElement('tr', { className: 'border-b align-top' }, ...cells.map((one) => cell(name, one)))
  return (
    <div {...scrollRegion('Table')} className="overflow-x-auto">
      <table className="border-t">
        <thead className="text-muted">{row('th', token.header)}</thead>
        {createElement('tbody', null, ...token.rows.map((cells) => row('td', cells)))}
      </table>
    </div>
  )
}

const languages: Readonly<Record<string, string>> = {
  bash: 'Shell',
  sh: 'Shell',
  sql: 'SQL',
  json: 'JSON',
  python: 'Python',
  ts: 'TypeScript',
  yaml: 'YAML',
  csv: 'CSV',
  text: 'Printed',
}

function drawInline(drawing: Drawing, token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong className="font-medium">{within(drawing, token.tokens)}</strong>
    case 'em':
      return <em>{within(drawing, token.tokens)}</em>
    case 'del':
      return <del>{within(drawing, token.tokens)}</del>
    case 'codespan':
      return <code className="font-mono text-12 [overflow-wrap:anywhere]">{token.text}</code>
    case 'br':
      return <br />
    case 'link':
      return drawLink(drawing.resolve(token.href), linked(drawing, token.tokens))
    // Nothing is fetched from elsewhere on account of a text: what a picture is called leads to it.
    case 'image': {
      const called = decoded(token.text) || token.href
      // A badge within a link: a link holds no other.
      return drawing.isLinked ? called : drawLink(token.href, called)
    }
    case 'text':
      if (token.tokens) return within(drawing, token.tokens)
      return drawing.isLinked ? decoded(token.text) : drawing.words(decoded(token.text))
    case 'escape':
      return token.text
    default:
      return null
  }
}

function draw(drawing: Drawing, token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'heading':
      return drawHeading(drawing, token)
    case 'paragraph':
      return <p>{within(drawing, token.tokens)}</p>
    case 'list':
      return drawList(drawing, token)
    case 'table':
      return drawTable(drawing, token)
    case 'blockquote':
      return (
        <blockquote className="flex flex-col gap-3 border-l-2 pl-3 text-muted">
          {within(drawing, token.tokens)}
        </blockquote>
      )
    case 'code': {
      const written = token.lang?.split(' ')[0] ?? ''
      return <CodeBlock code={token.text} language={languages[written] ?? (written || 'Code')} />
    }
    case 'hr':
      return <hr />
    // Raw HTML is what somebody typed, and nothing more.
    case 'html':
      return 'block' in token && token.block ? <p>{token.raw}</p> : token.raw
    default:
      return drawInline(drawing, token)
  }
}

/** Markdown as elements: no HTML is ever made of the text, so that none in it takes effect. */
export function Markdown({ text, level = 3, idPrefix = '', resolve, words, className }: MarkdownProps) {
  const drawing: Drawing = {
    level,
    idPrefix,
    words: words ?? ((plain) => plain),
    resolve: resolve ?? ((href) => href),
    slug: slugger(),
    lastLevel: Math.max(level - 1, 1),
    depth: 0,
    isLinked: false,
  }
  return (
    <div className={cn('flex max-w-[68ch] flex-col gap-3 [overflow-wrap:anywhere]', className)}>
      {all(tokensOf(text).map((token) => draw(drawing, known(token))))}
    </div>
  )
}
