export const readKinds = ['online', 'historical'] as const
