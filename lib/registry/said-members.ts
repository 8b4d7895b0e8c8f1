import { textSchema } from './fields'
import { customSchema, lawfulBasisSchema, purposesSchema } from './mandatory'
import { permittedUseSchema } from './permitted-use'

const note = textSchema(2000).nullish().describe('What else the permitted use means, in words.')

/** What an organisation wants to know of a group, as it is stated when the group is registered. */
export const saidAtFirst = {
  purposes: purposesSchema.default([]),
  lawful_basis: lawfulBasisSchema.nullish(),
  permitted_use: permittedUseSchema.optional(),
  permitted_use_note: note,
  custom: customSchema.default({}),
}

/** The same as a change states it: what is left out stays. */
export const saidLater = {
  purposes: purposesSchema.optional(),
  lawful_basis: lawfulBasisSchema.nullish(),
  permitted_use: permittedUseSchema.optional(),
  permitted_use_note: note,
  custom: customSchema.optional().describe('All values; what is left out is emptied.'),
}
