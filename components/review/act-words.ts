import type { ReviewAct, ReviewDetailResource } from '@/lib/governance/operations'
import type { DiffResource } from '@/lib/registry/operations'

export interface ActWords {
  /** The verb on the button. */
  label: string
  title: string
  /** What it will do and to whom. */
  effects: string[]
  undo: string
  reason: 'optional' | 'required'
  shortcut?: string
}

const nameOf = ({ group, version }: ReviewDetailResource) => `${group}@${version}`

function approval(review: ReviewDetailResource, diff: DiffResource | null): string[] {
  if (diff?.compatible) {
    return [
      `It becomes the next revision of version ${diff.from}, on the same data.`,
      `Readers of version ${diff.from} get the added features.`,
    ]
  }
  const places = review.environments.join(', ')
  return diff
    ? [
        'It is active and takes rows.',
        `Environments go on serving version ${diff.from} until this one is promoted there.`,
      ]
    : [`It is active, takes rows and is served in ${places || 'no environment'}.`]
}

/** How an act on a version is called, and what it does. */
export function actWords(act: ReviewAct, review: ReviewDetailResource, diff: DiffResource | null): ActWords {
  const name = nameOf(review)
  switch (act.act) {
    case 'submit':
      return {
        label: 'Submit for review',
        title: `Submit ${name} for review`,
        effects: ['Somebody other than you decides.', 'Until then the definition stands as it is.'],
        undo: 'A reviewer can send it back.',
        reason: 'optional',
        shortcut: 's',
      }
    case 'approve':
      return {
        label: 'Approve',
        title: `Approve ${name}`,
        effects: approval(review, diff),
        undo: 'An approval is not taken back; a version can be deprecated.',
        reason: 'optional',
        shortcut: 'a',
      }
    case 'request_changes':
      return {
        label: 'Request changes',
        title: `Request changes of ${name}`,
        effects: [`It is a draft again, and ${review.author} sees the reason and the open comments.`],
        undo: 'It can be submitted again.',
        reason: 'required',
        shortcut: 'r',
      }
    case 'reject':
      return {
        label: 'Reject',
        title: `Reject ${name} for good`,
        effects: [
          'It cannot be submitted again.',
          'It stays in the history and can be read; its author can bring it back as a new version.',
        ],
        undo: 'A rejection is not taken back.',
        reason: 'required',
        shortcut: 'x',
      }
    case 'withdraw':
      return {
        label: 'Withdraw',
        title: `Withdraw ${name}`,
        effects: ['It is a draft again, and leaves the queue of its reviewers.'],
        undo: 'It can be submitted again.',
        reason: 'required',
      }
    case 'promote':
      return {
        label: `Promote in ${act.environment}`,
        title: `Promote ${name} in ${act.environment}`,
        effects: [
          `Reads in ${act.environment} that name no version get version ${review.version}.`,
          ...(diff ? [`Version ${diff.from} keeps its rows; readers that name it go on.`] : []),
        ],
        undo: 'Another version can be promoted in its place.',
        reason: 'optional',
      }
  }
}
