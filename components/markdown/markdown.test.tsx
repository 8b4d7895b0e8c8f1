import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Markdown } from './markdown'
import { safeHref } from './tokens'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

describe('Markdown', () => {
  it('draws what people write', () => {
    const page = html(
      '# When\n\nFor **busy** routes, see [the API](/docs/api) or <https://example.org>.\n\n- one\n- two\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n\n```sql\nselect 1\n```',
    )
    expect(page).toContain('<h3 id="when"')
    expect(page).toContain('<strong class="font-medium">busy</strong>')
    expect(page).toContain('href="/docs/api"')
    expect(page).toContain('href="https://example.org/" rel="noopener noreferrer nofollow"')
    expect(page).toMatch(/<li[^>]*>one<\/li>/)
    expect(page).toContain('<td class="px-2 py-1 first:pl-0 text-right">2</td>')
    expect(page).toContain('select 1')
  })

  it('skips no level of headings, and tells the same words apart', () => {
    const page = html('### Deep\n\n# Top\n\n#### Again\n\n# Top')
    expect([...page.matchAll(/<h(\d) id="([^"]+)"/g)].map(([, level, id]) => `${level} ${id}`)).toEqual([
      '3 deep',
      '3 top',
      '4 again',
      '3 top-2',
    ])
  })

  it('leaves names with underscores and signs as they are', () => {
    expect(html('mean_delay_7d * 2 & more &lt;b&gt; &#x41;')).toContain(
      'mean_delay_7d * 2 &amp; more &lt;b&gt; A',
    )
  })

  it('shows raw HTML as text', () => {
    expect(html('<script>alert(1)</script>')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html('a <img src=x onerror=alert(1)> b')).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  it('fetches no picture', () => {
    expect(html('![a map](https://example.org/map.png)')).toContain('>a map</a>')
    const badge = html('[![built](https://example.org/badge.svg)](https://example.org/builds)')
    expect(badge.match(/<a /g)).toHaveLength(1)
    expect(badge).toContain('href="https://example.org/builds"')
  })

  it('survives nesting past all reason', () => {
    expect(html(`${'>'.repeat(20_000)} deep`)).toContain('deep')
    expect(html(`${'- '.repeat(500)}deep`)).toContain('deep')
    expect(html('['.repeat(20_000))).toContain('[')
  }, 20_000)
})

describe('where a link may lead', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'javascript&#58;alert(1)',
    'javascript&colon;alert(1)',
    '&#x6A;avascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://x',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'relative/page',
    '',
  ])('not to %j', (href) => {
    expect(safeHref(href)).toBeNull()
    expect(html(`[x](<${href}>)`)).not.toMatch(/<a /)
  })

  it.each(['https://example.org/a?b=c', 'mailto:a@example.org', '/groups/x', '#when'])('to %s', (href) => {
    expect(safeHref(href)).toBe(href)
  })
})

const hostile = fc.constantFrom(
  '<script>',
  '</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">',
  '[x](javascript:alert(1))',
  '[x](<java\nscript:alert(1)>)',
  '![x](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)',
  '[x]',
  '`',
  '```',
  '"',
  "'",
  '&#x6a;avascript:',
  '&lt;script&gt;',
  '\n',
  '\n\n',
  '> ',
  '- ',
  '| a | b |\n|--|--|\n',
  '# ',
  '<!--',
  '-->',
  '<![CDATA[',
  'onclick=',
  '" onmouseover="alert(1)',
  '](',
  ')',
)

/** The tags and attributes that a page of it consists of. */
const tag = /<(\/?)([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g
const drawnTags = new Set(
  'div p h3 h4 h5 h6 strong em del code br a ul ol li table thead tbody tr th td blockquote pre hr span figure figcaption button svg path rect'.split(
    ' ',
  ),
)

it('lets no script out, whatever is written', () => {
  const anything = fc.oneof({ weight: 3, arbitrary: hostile }, fc.string({ unit: 'grapheme', maxLength: 12 }))
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 24 }), (parts) => {
      for (const [, , name = '', attributes = ''] of html(parts.join('')).matchAll(tag)) {
        expect(drawnTags).toContain(name)
        expect(attributes.replaceAll(/"[^"]*"/g, '')).not.toMatch(
          /\bon\w+\s*=|\bsrc\s*=|\bsrcdoc\b|\bstyle\b/i,
        )
        const [, href] = /\bhref="([^"]*)"/.exec(attributes) ?? []
        if (href !== undefined) expect(href).toMatch(/^(?:https?:\/\/|mailto:|#|\/(?!\/))/)
      }
    }),
    { numRuns: 1500 },
  )
})
