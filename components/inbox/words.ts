import type { NoticeKind } from '@/lib/notify/operations'

interface KindWords {
  /** One of them. */
  one: string
  /** Many, as a filter and as a preference. */
  many: string
  /** When it comes. */
  when: string
}

export const kindWords: Record<NoticeKind, KindWords> = {
  mention: { one: 'Mention', many: 'Mentions', when: 'Somebody names you in a comment.' },
  comment: {
    one: 'Comment',
    many: 'Comments',
    when: 'Somebody comments on what you follow, or answers you.',
  },
  review_requested: {
    one: 'Review asked for',
    many: 'Reviews asked for',
    when: 'A version waits for your decision.',
  },
  review_decided: {
    one: 'Review decided',
    many: 'Reviews decided',
    when: 'Somebody decided on what you submitted.',
  },
  review_due: {
    one: 'Review due',
    many: 'Reviews due',
    when: 'A review that waits for you nears its deadline.',
  },
  deprecation: {
    one: 'Deprecation',
    many: 'Deprecations',
    when: 'What you use or follow is deprecated, or is so no longer.',
  },
  sunset: { one: 'Last day', many: 'Last days', when: 'What you use nears the day of its end.' },
  retirement: { one: 'Retirement', many: 'Retirements', when: 'What you use stops being served.' },
  contract: { one: 'Contract', many: 'Contracts', when: 'A contract is to be signed, or is broken.' },
  ownership: {
    one: 'Ownership',
    many: 'Ownership',
    when: 'Assets are handed to or from your team, or somebody asks to join it.',
  },
  announcement: {
    one: 'Announcement',
    many: 'Announcements',
    when: 'Something is said about an asset that you follow, or to everybody.',
  },
  certification: {
    one: 'Certification',
    many: 'Certifications',
    when: 'What you follow is certified, or is so no longer.',
  },
  feedback: {
    one: 'What was hard',
    many: 'What was hard',
    when: 'Something that you said was hard is closed, or open again.',
  },
  change: { one: 'Change', many: 'Changes', when: 'What you follow has a new version or revision.' },
}
