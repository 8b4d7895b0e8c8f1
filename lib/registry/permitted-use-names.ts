export const permittedUseNames = ['aggregate_only', 'no_reidentification'] as const
export type PermittedUse = (typeof permittedUseNames)[number]
