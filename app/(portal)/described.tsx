import { Markdown } from '@/components/markdown/markdown'
import { termWords } from './term-words'

/** What an asset means, its terms linked. */
export async function Described({ text }: { text: string }) {
  return <Markdown text={text} idPrefix="description-" words={await termWords()} />
}
