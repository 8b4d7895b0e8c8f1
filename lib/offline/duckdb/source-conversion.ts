/**
 * How a column of a user's file becomes a feature: `value` is right wherever `fault` is null. `fault` is SQL that
 * gives the broken rule's name or NULL; 'NULL' itself when nothing can be wrong. Null values are never a fault here.
 */
export interface SourceConversion {
  value: string
  fault: string
}

/** A CASE that names the first condition that holds. A condition that is NULL does not hold. */
export const when = (faults: [condition: string, rule: string][]): string =>
  `CASE ${faults.map(([condition, rule]) => `WHEN ${condition} THEN '${rule}'`).join(' ')} END`
