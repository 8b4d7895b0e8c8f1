import { actions } from '../actions'

/**
 * What policies may speak of. Sets of teams hold ids. `producerOf` and its like: teams for which the role holds,
 * by an assignment for that team or by a global role and membership. `granted`: assets on which an unexpired
 * grant covers the action; `grantedForPurpose`: those whose grant names the purpose that the caller declared.
 */
export const schemaText = `
entity Principal = {
  id: String,
  kind: String,
  roles: Set<String>,
  teams: Set<String>,
  maintains: Set<String>,
  viewerOf: Set<String>,
  consumerOf: Set<String>,
  producerOf: Set<String>,
  reviewerOf: Set<String>,
  administratorOf: Set<String>,
  granted: Set<String>,
  grantedForPurpose: Set<String>,
};
entity Asset = {
  id: String,
  kind: String,
  classification: String,
  team?: String,
  tags: Set<String>,
  lifecycle?: String,
  author?: String,
  owner?: String,
};
action ${actions.map((action) => JSON.stringify(action)).join(', ')} appliesTo {
  principal: Principal,
  resource: Asset,
  context: { environment: String, purpose?: String },
};
`
