import { Document, parse, type ToStringOptions, visit } from 'yaml'

/** No word that an older reader takes for something else is longer. */
const longestWord = 40

/** Whether readers of YAML 1.1, PyYAML among them, take a plain word for something else: `yes`, `12:30`, a date. */
function isOtherBefore(text: string): boolean {
  if (text.length > longestWord || text.includes('\n')) return false
  try {
    return parse(text, { version: '1.1', logLevel: 'silent' }) !== text
  } catch {
    // Not a plain word: it is quoted anyhow.
    return false
  }
}

/** A value as YAML 1.2 that readers of YAML 1.1 read alike: texts stay texts. */
export function yamlText(value: unknown, options: ToStringOptions = {}): string {
  const document = new Document(value, { version: '1.2' })
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && isOtherBefore(node.value)) node.type = 'QUOTE_DOUBLE'
    },
  })
  return document.toString(options)
}
