import { cn } from './cn'
import { CopyButton } from './copy-button'
import { scrollRegion } from './scroll-region'

export interface CodeBlockProps {
  code: string
  /** "Python", "cURL", "SQL": named above the code and in the copy button. */
  language: string
  /** Names the code among others of its language on the page: "cURL of Read a feature group". */
  label?: string
  className?: string
}

/** Code to take away: mono, scrolls sideways inside itself, one button copies all of it. */
export function CodeBlock({ code, language, label = `${language} code`, className }: CodeBlockProps) {
  return (
    <figure className={cn('min-w-0 rounded-control border bg-sunken', className)}>
      <figcaption className="flex h-8 items-center justify-between border-b pr-1 pl-3 text-12 text-muted">
        {language}
        <CopyButton text={code} what={label} withWord />
      </figcaption>
      <div {...scrollRegion(label)} className="overflow-x-auto p-3">
        <pre className="font-mono text-12 leading-5">
          <code>{code}</code>
        </pre>
      </div>
    </figure>
  )
}
