import { actionLabels } from '@/lib/authz/actions'

/** What is known of an act that changed an asset. */
export interface Change {
  action: string
  /** Of an act on one version. */
  version: number | null
  revision: number | null
  /** The version's state afterwards. */
  state: string | null
  /** And before. */
  was: string | null
  environment: string | null
  /** The number of the contract that was proposed or withdrawn. */
  contract: number | null
}

const isLabelled = (action: string): action is keyof typeof actionLabels =>
  Object.hasOwn(actionLabels, action)

/** How the end of an asset's life begins, or is taken back. */
function ended({ state, was }: Change): string {
  if (was === 'archived') return 'restored'
  if (state === 'archived') return 'archived'
  return state === 'deprecated' ? 'deprecated' : 'restored'
}

/** What was decided in a review. */
function reviewed({ state }: Change): string {
  if (state === 'draft') return 'sent back'
  return state === 'archived' ? 'rejected' : 'approved'
}

function updated({ version, revision, was, state, contract }: Change): string {
  if (contract !== null) return `${state === 'withdrawn' ? 'withdrew' : 'proposed'} contract ${contract} of`
  if (version === null) return 'changed'
  // A suggestion was applied to what is on its way.
  if (was === 'draft' || was === 'in_review') return `edited version ${version} of`
  return `${revision !== null && revision > 1 ? 'revised' : 'added'} version ${version} of`
}

const verbs: Record<string, (change: Change) => string> = {
  'group:create': () => 'registered',
  'service:create': () => 'registered',
  'group:update': updated,
  'service:update': (change) =>
    change.state === 'archived' || change.was === 'archived' ? ended(change) : updated(change),
  'version:submit': (change) => ofVersion(change.state === 'draft' ? 'withdrew' : 'submitted', change),
  'version:approve': (change) => ofVersion(reviewed(change), change),
  'version:promote': (change) => ofVersion('promoted', change),
  'version:deprecate': (change) => ofVersion(ended(change), change),
}

const ofVersion = (verb: string, { version }: Change) =>
  version === null ? verb : `${verb} version ${version} of`

/** A change in words around the asset's name: "promoted version 2 of" … "to staging". */
export function changeWords(change: Change): { before: string; after: string } {
  const { action, environment } = change
  const before = verbs[action]?.(change) ?? `did “${isLabelled(action) ? actionLabels[action] : action}” on`
  const after = action === 'version:promote' && environment !== null ? `to ${environment}` : ''
  return { before, after }
}
