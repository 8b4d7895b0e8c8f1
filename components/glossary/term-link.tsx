'use client'
import Link from 'next/link'
import { toRoute } from '@/components/ui/route'
import { Tooltip } from '@/components/ui/tooltip'
import { termHref } from './term-href'

interface TermLinkProps {
  /** As it stands in the text. */
  text: string
  name: string
  /** Its first sentence. */
  meaning: string
}

/** A word of the glossary where it is used: its meaning on hover and focus, and whole on its page. */
export function TermLink({ text, name, meaning }: TermLinkProps) {
  return (
    <Tooltip content={meaning}>
      <Link
        href={toRoute(termHref(name))}
        className="underline decoration-control decoration-dotted underline-offset-2 hover:decoration-accent"
      >
        {text}
      </Link>
    </Tooltip>
  )
}
