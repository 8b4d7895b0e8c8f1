import type { ErrorCode } from './errors'

interface ErrorText {
  title: string
  what: string
  remedy: string
}

/** What each problem type means and what to do: the pages under /docs/errors/ that `type` points to. */
export const errorTexts: Record<ErrorCode | 'internal', ErrorText> = {
  not_parseable: {
    title: 'The body cannot be read',
    what: 'The bytes are not what their Content-Type says: broken JSON, broken gzip, a truncated file, text that is not UTF-8.',
    remedy:
      'The detail names the line and column, or the row. Mend it there and send the whole body again; nothing was stored.',
  },
  unauthenticated: {
    title: 'Nobody is known',
    what: 'The request carries neither a valid API key nor a browser session.',
    remedy:
      'Send `Authorization: Bearer <api key>`. Keys are made under Settings → API keys and can expire or be revoked.',
  },
  forbidden: {
    title: 'Refused by a rule',
    what: 'The caller is known, but no policy permits this act, or one forbids it.',
    remedy: '`decision` names the rule, what is missing and who can help. The refusal is in the audit log.',
  },
  not_found: {
    title: 'Not there, or not visible',
    what: 'Nothing by that name exists for this caller. Assets that a caller may not see answer in the same way.',
    remedy: 'Check the spelling and the environment, or search the catalogue.',
  },
  method_not_allowed: {
    title: 'Another method is needed',
    what: 'The path exists, but not with this method.',
    remedy: 'The Allow header lists the methods that this path offers.',
  },
  conflict: {
    title: 'It conflicts with what is there',
    what: 'The name is taken, the Idempotency-Key was used with another body, or the asset’s state does not allow this act.',
    remedy: 'The detail says which. Read the asset again and decide.',
  },
  in_progress: {
    title: 'The same request is still running',
    what: 'A request with the same Idempotency-Key has not ended yet.',
    remedy: 'Try again shortly with the same key and body: it will get the first one’s answer.',
  },
  gone: {
    title: 'Past its sunset date',
    what: 'This version was deprecated and its sunset date has passed, so it no longer answers reads.',
    remedy: 'Use the replacement that the detail and the Link header name.',
  },
  precondition_failed: {
    title: 'It changed in the meantime',
    what: 'The If-Match header names an older state of the asset: somebody else saved first.',
    remedy: 'Read it again, apply your change to the new state and send its ETag.',
  },
  precondition_required: {
    title: 'If-Match is needed',
    what: 'Edits and deletions say which state they were made from, so that nobody overwrites another’s work unseen.',
    remedy: 'Send the ETag of your last read as If-Match, or `*` to overwrite whatever is there.',
  },
  too_large: {
    title: 'Too much at once',
    what: 'The body, the number of keys or the number of cells is above what one request may carry.',
    remedy: 'The detail names the limit. Split the request.',
  },
  unsupported_media_type: {
    title: 'This format is not read here',
    what: 'The Content-Type or Content-Encoding is not one that this operation reads.',
    remedy: 'The detail lists those it does.',
  },
  range_not_satisfiable: {
    title: 'Outside of the file',
    what: 'The Range header names bytes that the file does not have.',
    remedy: 'Content-Range says how many bytes there are. Ask within them, or without Range.',
  },
  invalid: {
    title: 'Readable, but not right',
    what: 'The body was read, but something in it breaks the schema, a type, a rule or the contract.',
    remedy: '`errors` lists each fault with its pointer, and for data with row, column, value and rule.',
  },
  rate_limited: {
    title: 'Too many requests',
    what: 'This caller sent more requests in a second than its limit.',
    remedy: 'Wait as long as Retry-After says. The RateLimit headers tell how much is left.',
  },
  unavailable: {
    title: 'Not possible at this moment',
    what: 'A part that is needed for the answer cannot be reached, or too much is running already.',
    remedy: 'Try again after the seconds in Retry-After. /health says which part is away.',
  },
  internal: {
    title: 'A defect',
    what: 'Something failed that nobody foresaw. The answer holds nothing but the request id.',
    remedy: 'Give the request id to whoever runs this portal: it leads to the cause in the log.',
  },
}

export type ErrorTextCode = keyof typeof errorTexts

export const isErrorTextCode = (code: string): code is ErrorTextCode => Object.hasOwn(errorTexts, code)
