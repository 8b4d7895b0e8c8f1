'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { type ProblemError, request } from '@/lib/api-client'
import type { PersonResource } from '@/lib/identity/operations'
import { LinkOnce, type SignInLink } from './link-once'

/** For somebody who cannot sign in: a link, shown once. */
export function NewLink({ person }: { person: Pick<PersonResource, 'id' | 'name'> }) {
  const path = `/api/v1/people/${encodeURIComponent(person.id)}/sign-in-links`
  const issue = useMutation<SignInLink, ProblemError>({
    mutationFn: async () => (await request<SignInLink>(path, { method: 'POST' })).data,
  })
  return (
    <section aria-label="Sign-in link" className="flex flex-col items-start gap-3 border-t pt-4">
      {issue.data ? <LinkOnce link={issue.data} person={person.name} /> : null}
      {issue.error ? <ErrorState title="No link was made" problem={issue.error.problem} /> : null}
      <Button pending={issue.isPending} onClick={() => issue.mutate()}>
        {issue.data ? 'Make another link' : 'Make a sign-in link'}
      </Button>
      <p className="text-12 text-muted">Earlier links that were not used end when a new one is made.</p>
    </section>
  )
}
