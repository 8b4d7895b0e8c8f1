import { facetNames } from '@/lib/catalog/plain'

/** What the address of the catalogue may say, in its order. */
export const viewParameters = ['q', ...facetNames, 'group', 'sort', 'hide', 'limit'] as const
