import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'
import type { Restored } from './draft-store'

interface RestoredNoteProps {
  restored: Restored | null
  onStartOver: () => void
  title?: string
  /** What did not come back with it. */
  children?: ReactNode
}

/** What was typed before and not sent, here or in another browser. */
export function RestoredNote(props: RestoredNoteProps) {
  const { restored, onStartOver, title = 'Your draft is back', children } = props
  if (!restored) return null
  return (
    <Callout
      title={title}
      action={
        <Button size="small" onClick={onStartOver}>
          Start over
        </Button>
      }
    >
      {restored.isElsewhere ? (
        <>
          From your other browser, <Time at={restored.savedAt} precision="minute" />.
        </>
      ) : (
        <>
          Typed here <Time at={restored.savedAt} relative />.
        </>
      )}{' '}
      Not sent yet. {children}
    </Callout>
  )
}
