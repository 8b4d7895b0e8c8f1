import type { Problem } from '@/components/ui/problem'

/** `/features/0/name` → `features.0.name`; `~1` is a slash and `~0` a tilde (RFC 6901). */
export function pointerToPath(pointer: string): string {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
}

export interface ProblemFields {
  /** The reason by form path; the first one where several meet. */
  fields: Record<string, string>
  /** What belongs to no field: stands above the form. */
  form: string[]
  /** Of the answer that refused it. */
  requestId?: string | undefined
}

/**
 * Sorts a problem's errors onto the form's fields. `known` tells which paths have a field; an error under a
 * known field (`/tags/2` under `tags`) goes to that field; what is left over is said above the form.
 */
export function problemToFields(problem: Problem, known: (path: string) => boolean): ProblemFields {
  const fields: Record<string, string> = {}
  const form: string[] = []
  for (const error of problem.errors ?? []) {
    const parts = pointerToPath(error.pointer).split('.')
    while (parts.length > 0 && !known(parts.join('.'))) parts.pop()
    const path = parts.join('.')
    if (path === '') form.push(error.pointer ? `${error.pointer}: ${error.reason}` : error.reason)
    else fields[path] ??= error.reason
  }
  if (!problem.errors?.length) form.push(problem.detail ?? problem.title ?? 'The request was refused.')
  return { fields, form, ...(problem.request_id ? { requestId: problem.request_id } : {}) }
}

/** The faults of a failed request, by field; none while there is no error. */
export const faultsOf = (
  error: { problem: Problem } | null,
  known: (path: string) => boolean,
): ProblemFields => (error ? problemToFields(error.problem, known) : { fields: {}, form: [] })
