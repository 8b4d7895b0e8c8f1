const readActions =
  'Action::"group:read_online", Action::"group:read_offline", Action::"dataset:create", Action::"dataset:read"'
const producerActions = [
  'group:create',
  'group:update',
  'group:delete',
  'group:write_online',
  'group:write_offline',
  'version:submit',
  'version:deprecate',
  'service:create',
  'service:update',
  'monitor:manage',
  'alert:act',
  'contract:sign',
  'erasure:request',
  'lineage:write',
]
const reviewerActions = ['version:approve', 'version:promote', 'access:grant', 'access:recertify']

const list = (names: string[]) => names.map((name) => `Action::"${name}"`).join(', ')
const ofTeam = (set: string) => `resource has team && principal.${set}.contains(resource.team)`

const describing = {
  'any-role-describes': `
    @needs("any role")
    permit (principal, action in [Action::"catalog:describe", Action::"access:request"], resource)
    when { !principal.roles.isEmpty() && resource.classification != "restricted" };`,
  'any-role-sees-open-statistics': `
    @needs("any role")
    permit (principal, action == Action::"group:read_statistics", resource)
    when { !principal.roles.isEmpty() && ["public", "internal"].contains(resource.classification) };`,
  'team-knows-its-own': `
    @needs("a member of team {team}")
    permit (principal, action in [Action::"catalog:describe", Action::"group:read_statistics", Action::"access:request"], resource)
    when { ${ofTeam('teams')} };`,
  'reviewer-sees-all': `
    @needs("a reviewer")
    permit (principal, action in [Action::"catalog:describe", Action::"group:read_statistics"], resource)
    when { principal.roles.contains("reviewer") };`,
}

const reading = {
  'consumer-reads-open': `
    @needs("a consumer")
    permit (principal, action in [${readActions}], resource)
    when { principal.roles.contains("consumer") && ["public", "internal"].contains(resource.classification) };`,
  'grant-reads': `
    @needs("a grant on {name}")
    permit (principal, action in [${readActions}, Action::"group:read_statistics", Action::"catalog:describe"], resource)
    when { principal.granted.contains(resource.id) };`,
  'consumer-reads-own': `
    @needs("a consumer of team {team}")
    permit (principal, action in [${readActions}], resource)
    when { ${ofTeam('consumerOf')} };`,
  'producer-reads-own': `
    @needs("a producer of team {team}")
    permit (principal, action in [${readActions}], resource)
    when { ${ofTeam('producerOf')} };`,
}

const producing = {
  'producer-manages-own': `
    @needs("a producer of team {team}")
    permit (principal, action in [${list(producerActions)}], resource)
    when { ${ofTeam('producerOf')} };`,
  'producer-promotes-open': `
    @needs("a producer of team {team}")
    permit (principal, action == Action::"version:promote", resource)
    when { ["public", "internal"].contains(resource.classification) && ${ofTeam('producerOf')} };`,
  'maintainer-looks-after-own': `
    @needs("a maintainer of team {team}")
    permit (principal, action in [Action::"version:deprecate", Action::"access:grant", Action::"access:recertify"], resource)
    when { ${ofTeam('maintains')} };`,
  'maintainer-manages-members': `
    @needs("a maintainer of team {team}")
    permit (principal, action == Action::"people:manage", resource)
    when { resource.kind == "team" && ${ofTeam('maintains')} };`,
  'consumer-composes-services': `
    @needs("a consumer of team {team}")
    permit (principal, action in [Action::"service:create", Action::"service:update"], resource)
    when { ${ofTeam('consumerOf')} };`,
}

const governing = {
  'reviewer-reviews': `
    @needs("a reviewer")
    permit (principal, action in [${list(reviewerActions)}, Action::"erasure:approve", Action::"audit:read"], resource)
    when { principal.roles.contains("reviewer") };`,
  'reviewer-reviews-team': `
    @needs("a reviewer of team {team}")
    permit (principal, action in [${list(reviewerActions)}], resource)
    when { ${ofTeam('reviewerOf')} };`,
  'owner-keeps-own-keys': `
    @needs("the key's owner")
    permit (principal, action == Action::"key:create", resource)
    when { resource has owner && resource.owner == principal.id };`,
  'administrator-of-team': `
    @needs("an administrator of team {team}")
    permit (principal, action, resource)
    when { ${ofTeam('administratorOf')} };`,
  administrator: `
    @needs("an administrator")
    permit (principal, action, resource)
    when { principal.roles.contains("administrator") };`,
  'the-installation-itself': `
    @needs("the installation itself")
    permit (principal, action, resource)
    when { principal.kind == "system" && principal.id == "system" };`,
}

/** The defaults. Their order breaks ties when a refusal names the nearest one: what a team can give comes first. */
export const permits: Record<string, string> = { ...describing, ...reading, ...producing, ...governing }
