/** The page on which a version is reviewed. */
export const reviewPath = (group: string, major: number): string =>
  `/groups/${encodeURIComponent(group)}/review?version=${major}`
