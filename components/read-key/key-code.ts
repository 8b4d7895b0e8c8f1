import { jsonText, literalOf, pythonText, shellText, type Tree } from '@/components/use-it/literals'
import type { KeyColumn } from './key-form'

export type KeyLanguage = 'cURL' | 'Python'
export const keyLanguages: readonly KeyLanguage[] = ['cURL', 'Python']

/** A read over HTTP; `body` makes it a POST. */
export interface KeyCall {
  /** `https://almanac.example/api/v1/…` */
  url: string
  body: { [name: string]: Tree } | null
}

/** The keys of a request body: one row. */
export const entitiesOf = (keys: readonly KeyColumn[], values: readonly string[]) =>
  Object.fromEntries(keys.map(({ name, type }, index) => [name, [literalOf(type, values[index] ?? '')]]))

function curl({ url, body }: KeyCall): string {
  const lines = [`curl '${shellText(url)}'`, `-H "Authorization: Bearer $ALMANAC_KEY"`]
  if (body) lines.push(`-H 'Content-Type: application/json'`, `-d '${shellText(jsonText(body))}'`)
  return lines.join(' \\\n  ')
}

function python({ url, body }: KeyCall): string {
  const data = body ? `\n    data=json.dumps(${pythonText(body, '    ')}).encode(),` : ''
  const type = body ? ', "Content-Type": "application/json"' : ''
  return `import json
import os
import urllib.request

request = urllib.request.Request(
    ${JSON.stringify(url)},${data}
    headers={"Authorization": "Bearer " + os.environ["ALMANAC_KEY"]${type}},
)
with urllib.request.urlopen(request) as answer:
    print(json.load(answer))`
}

/** Code that reads the same key, ready to run once ALMANAC_KEY holds an API key. */
export const keyCode = (language: KeyLanguage, call: KeyCall): string =>
  language === 'cURL' ? curl(call) : python(call)
