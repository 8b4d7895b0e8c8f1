'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { CommitResource } from '@/lib/ingestion/operations'
import { CommitChange } from './commit-change'

const RevertDialog = dynamic(async () => (await import('./revert-dialog')).RevertDialog)

interface CommitActionsProps {
  commit: CommitResource
  /** Why it may not be reverted; null when it may. */
  refused: string | null
}

/** Why nobody can revert it, whoever asks. */
function settled({ state, reverts }: CommitResource): string | null {
  if (state === 'reverted') return 'It is reverted already.'
  if (reverts?.kind === 'revert')
    return 'It brought rows back: revert the commit that they came with instead.'
  return null
}

/** What a commit changed, and its revert. */
export function CommitActions({ commit, refused }: CommitActionsProps) {
  const [shown, setShown] = useState(false)
  const [reverting, setReverting] = useState(false)
  const because = settled(commit) ?? refused
  // Many of these stand below each other: each is named by its commit.
  const of = `commit of ${commit.created.slice(0, 19).replace('T', ' ')} UTC`
  return (
    <>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 lg:pl-40">
        {commit.kind === 'revert' ? null : (
          <Button
            size="small"
            variant="quiet"
            aria-expanded={shown}
            aria-label={`${shown ? 'Hide what changed' : 'What changed'}, ${of}`}
            onClick={() => setShown(!shown)}
          >
            {shown ? 'Hide what changed' : 'What changed'}
          </Button>
        )}
        {commit.state === 'reverted' ? null : (
          <Button
            size="small"
            disabled={because !== null}
            aria-label={`${commit.kind === 'revert' ? 'Take back' : 'Revert'}, ${of}`}
            onClick={() => setReverting(true)}
          >
            {commit.kind === 'revert' ? 'Take back' : 'Revert'}
          </Button>
        )}
        {because && commit.state !== 'reverted' ? (
          <span className="text-12 text-muted">{because}</span>
        ) : null}
      </div>
      {shown ? (
        <div className="mt-2 mb-1 lg:pl-40">
          <CommitChange place={commit} />
        </div>
      ) : null}
      {reverting ? <RevertDialog commit={commit} open onOpenChange={setReverting} /> : null}
    </>
  )
}
