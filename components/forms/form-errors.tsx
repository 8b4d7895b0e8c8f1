import { Callout } from '@/components/ui/callout'
import { MarkedProse } from '@/components/ui/marked-prose'

/** What belongs to no field, above the form. */
export function FormErrors({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null
  return (
    <Callout tone="fail">
      {messages.length === 1 ? (
        <MarkedProse text={messages[0] ?? ''} />
      ) : (
        <ul className="list-disc pl-4">
          {messages.map((message) => (
            <li key={message}>
              <MarkedProse text={message} />
            </li>
          ))}
        </ul>
      )}
    </Callout>
  )
}
