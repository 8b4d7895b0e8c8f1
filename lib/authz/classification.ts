/** How freely data may be read, from the freest. Client-safe. */
export const classifications = ['public', 'internal', 'confidential', 'restricted'] as const
export type Classification = (typeof classifications)[number]
