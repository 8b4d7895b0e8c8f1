import { Said } from './said'
import type { SchemaField } from './schema-fields'

interface FieldListProps {
  label: string
  fields: readonly (SchemaField & { place?: string })[]
}

/** Parameters, or members of a body, a line each: name, type, what it is and what it must keep. */
export function FieldList({ label, fields }: FieldListProps) {
  return (
    <dl aria-label={label} className="border-t">
      {fields.map(({ path, place, type, required, description, limits }) => (
        <div key={`${place ?? ''}${path}`} className="border-b py-1.5">
          <dt className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-medium font-mono text-12 [overflow-wrap:anywhere]">{path}</code>
            <span className="text-12 text-muted">
              {type}
              {place === undefined ? '' : `, in ${place}`}
              {required ? ', required' : ''}
            </span>
          </dt>
          {description === '' && limits.length === 0 ? null : (
            <dd className="prose text-12">
              <Said text={description} />
              {limits.length > 0 ? (
                <span className="block text-muted [overflow-wrap:anywhere]">{limits.join('; ')}</span>
              ) : null}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
