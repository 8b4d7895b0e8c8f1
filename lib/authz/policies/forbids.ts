import { type Action, purposeActions } from '../actions'

const named = (actions: readonly Action[]) => actions.map((action) => `Action::"${action}"`).join(', ')

/** Built in: nobody can delete these, and they win over every permit. An unknown author counts as the asker. */
export const forbids: Record<string, string> = {
  'four-eyes': `
    @because("No one approves their own submission.")
    @needs("someone other than its author")
    forbid (principal, action in [Action::"version:approve", Action::"erasure:approve", Action::"access:grant"], resource)
    unless { resource has author && resource.author != principal.id };`,

  'second-person-from-confidential': `
    @because("What is confidential or restricted is promoted and deprecated by a second person.")
    @needs("someone other than its author")
    forbid (principal, action in [Action::"version:promote", Action::"version:deprecate"], resource)
    when { ["confidential", "restricted"].contains(resource.classification) }
    unless { resource has author && resource.author != principal.id };`,

  'restricted-needs-a-purpose': `
    @because("Restricted data is read under an unexpired grant, for the purpose that the grant names.")
    @needs("a grant on {name}, with its purpose declared (X-Purpose)")
    forbid (principal, action in [${named(purposeActions)}], resource)
    when { resource.classification == "restricted" }
    unless { principal.grantedForPurpose.contains(resource.id) };`,
}
