import { z } from 'zod'

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the character that PostgreSQL cannot hold
const unstorable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Whether PostgreSQL and every decoder of UTF-8 can hold the text: no U+0000 and no half of a surrogate pair. */
export const isStorableText = (text: string): boolean => !unstorable.test(text)

export const unstorableReason = 'holds a character that cannot be stored (U+0000 or half a surrogate pair)'

/** Why a read happens, as its caller says it. */
export const purposeSchema = z.string().max(500).refine(isStorableText, unstorableReason)
