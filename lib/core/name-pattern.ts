/** Names of groups, features, services, entities, teams: lower snake case, at most 63 characters. */
export const namePattern = /^[a-z][a-z0-9_]{0,62}$/
