/** From the loosest to the strictest. */
export const classificationNames = ['public', 'internal', 'confidential', 'restricted'] as const
type ClassificationName = (typeof classificationNames)[number]

const strictness = (name: ClassificationName) => classificationNames.indexOf(name)

export const isStricter = (a: ClassificationName, b: ClassificationName) => strictness(a) > strictness(b)
