import type { ServingFeature } from '@/lib/registry'

/** Fewer rows than this behind a number of a confidential feature could name somebody. */
export const leastRows = 20

export const isConfidential = ({ classification }: Pick<ServingFeature, 'classification'>): boolean =>
  classification === 'confidential' || classification === 'restricted'
