import type { GridRow } from '@/components/forms/grid-model'
import { strictestClass } from '@/components/rules/mandatory-words'
import type { Definition } from './definition'

/** The strictest class of the group and its features: it decides who reviews and what is needed. */
export const strictestOf = ({ classification, features }: Pick<Definition, 'classification' | 'features'>) =>
  strictestClass([classification, ...features.map(({ cells }) => cells.classification)])

/** The lines of the grid by name and class. */
export const featureClasses = (features: readonly Pick<GridRow, 'cells'>[]) =>
  features.map(({ cells: { name = '', classification } }) => ({ name: name.trim(), classification }))
