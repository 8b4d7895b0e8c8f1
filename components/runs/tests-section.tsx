'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { plural } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import { type ProblemError, request } from '@/lib/api-client'
import type { TestedVersionResource, TestOutcomeResource } from '@/lib/ingestion/operations'
import { TestDifferences } from './test-differences'
import type { RunPlace } from './use-queued-run'

interface TestsSectionProps {
  place: RunPlace
  tests: { name: string; description: string | null }[]
}

function Outcome({ outcome }: { outcome: TestOutcomeResource }) {
  const { passed, rows, error, differences } = outcome
  return (
    <div className="flex flex-col gap-2">
      <p>
        <StateWord state={passed ? 'ok' : 'fail'}>{passed ? 'passed' : 'failed'}</StateWord>
        {error === null ? <span className="text-muted">, {plural(rows, 'row')} computed</span> : null}
      </p>
      {error ? (
        <p className="[overflow-wrap:anywhere]">
          <MarkedProse text={error} />
        </p>
      ) : null}
      {differences.length > 0 ? <TestDifferences differences={differences} /> : null}
    </div>
  )
}

/** The tests that are kept with the version, and what they give now. */
export function TestsSection({ place: { group, version, environment }, tests }: TestsSectionProps) {
  const run = useMutation<TestedVersionResource, ProblemError>({
    mutationFn: async () => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/tests`
      return (await request<TestedVersionResource>(path, { method: 'POST', query: { environment } })).data
    },
  })
  if (tests.length === 0) {
    return (
      <Section title="Tests">
        <p className="text-muted">
          None are kept with this version. A test gives rows to the inputs and says which rows are to come
          out.
        </p>
      </Section>
    )
  }
  return (
    <Section title="Tests" note="Run before a version is submitted, with the inputs’ own columns and types.">
      <div className="flex flex-col gap-3">
        <div>
          <Button pending={run.isPending} onClick={() => run.mutate()}>
            Run the tests
          </Button>
        </div>
        {run.error ? <ErrorState title="The tests were not run" problem={run.error.problem} /> : null}
        <ul aria-live="polite" className="border-t">
          {tests.map(({ name, description }) => {
            const outcome = run.data?.tests.find((one) => one.name === name)
            return (
              <li key={name} className="flex flex-col gap-1 border-b py-2">
                <p className="font-medium">{name}</p>
                {description ? <p className="prose text-muted">{description}</p> : null}
                {outcome ? <Outcome outcome={outcome} /> : null}
              </li>
            )
          })}
        </ul>
      </div>
    </Section>
  )
}
