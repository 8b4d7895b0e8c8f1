import { CodeBlock } from '@/components/ui/code-block'
import { FieldList } from './field-list'
import { Answers, Bodies } from './payloads'
import type { ReferenceOperation } from './reference'
import { Said } from './said'

/** One operation: what it is, what it takes, what it answers, and the request as a line of shell. */
export function OperationSection({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, isPublic, parameters, bodies, answers, curl } = operation
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4 border-t py-6">
      <h3 id={`${id}-title`} className="font-medium text-15">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="mt-0.5 font-mono text-12 [overflow-wrap:anywhere]">
        <span className="font-medium">{method}</span> {path}
        {isPublic ? <span className="ml-2 font-sans text-muted">open to everybody</span> : null}
      </p>
      {description === '' ? null : (
        <p className="prose mt-2">
          <Said text={description} />
        </p>
      )}
      <div className="mt-4 grid gap-x-8 gap-y-5 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          {parameters.length > 0 ? (
            <div>
              <h4 className="mb-1 font-medium">Parameters</h4>
              <FieldList
                label="Parameters"
                fields={parameters.map((one) => ({ ...one, place: one.place }))}
              />
            </div>
          ) : null}
          {bodies.length > 0 ? <Bodies bodies={bodies} /> : null}
          <Answers of={id} answers={answers} />
        </div>
        <div className="min-w-0">
          <CodeBlock language="cURL" label={`cURL of ${id}`} code={curl} />
        </div>
      </div>
    </section>
  )
}
