import { CodeBlock } from '@/components/ui/code-block'
import { FieldList } from './field-list'
import type { Answer, Payload } from './reference'
import { Said } from './said'

const Types = ({ payloads }: { payloads: readonly Payload[] }) => (
  <p className="text-12 text-muted">
    {payloads
      .map(({ contentType, type }) => (type && type !== 'object' ? `${contentType}: ${type}` : contentType))
      .join(' · ')}
  </p>
)

/** What a request carries: its media types, and the members of the one that is described. */
export function Bodies({ bodies }: { bodies: readonly Payload[] }) {
  const described = bodies.find(({ fields }) => fields.length > 0)
  return (
    <div>
      <h4 className="mb-1 font-medium">Body</h4>
      <Types payloads={bodies} />
      {described ? (
        <div className="mt-1">
          <FieldList label="Body" fields={described.fields} />
        </div>
      ) : null}
    </div>
  )
}

function OneAnswer({ of, answer }: { of: string; answer: Answer }) {
  const { status, description, payloads } = answer
  const described = payloads.find(({ fields }) => fields.length > 0)
  const same = payloads.find(({ sameAs }) => sameAs)?.sameAs
  const example = payloads.find((payload) => payload.example !== null)?.example
  return (
    <li className="border-b py-1.5">
      <p>
        <span className="num mr-2 font-medium">{status}</span>
        <Said text={description} />
      </p>
      {payloads.length > 0 ? <Types payloads={payloads} /> : null}
      {described ? (
        <details className="mt-1">
          <summary className="text-12 text-accent max-md:min-h-11">
            {described.fields.length} members of the answer
          </summary>
          <FieldList label={`Answer ${status}`} fields={described.fields} />
        </details>
      ) : null}
      {same ? (
        <p className="text-12">
          The same members as{' '}
          <a className="link" href={`#${same.id}`}>
            {same.summary}
          </a>
          .
        </p>
      ) : null}
      {example ? (
        <CodeBlock
          className="mt-2"
          language="Example answer"
          label={`Example answer ${status} of ${of}`}
          code={example}
        />
      ) : null}
    </li>
  )
}

/** What comes back when it goes well. */
export const Answers = ({ of, answers }: { of: string; answers: readonly Answer[] }) => (
  <div>
    <h4 className="mb-1 font-medium">Answers</h4>
    <ul className="border-t">
      {answers.map((answer) => (
        <OneAnswer key={answer.status} of={of} answer={answer} />
      ))}
    </ul>
  </div>
)
