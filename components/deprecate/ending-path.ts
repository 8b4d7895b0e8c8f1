export const endingPath = (group: string, version: number) =>
  `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/deprecation`
