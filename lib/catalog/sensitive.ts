import type { InferenceResource } from './inference-operations'

type Sensitive = NonNullable<InferenceResource['columns'][number]['sensitive']>

interface Sign {
  kind: string
  tag: Sensitive['tag']
  /** Over the words of the name, joined by `_`. */
  name?: RegExp
  /** Over whole values; most examples must match. */
  value?: (text: string) => boolean
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text)

/** Check digit of card numbers (Luhn). */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '')
  if (!/^\d{13,19}$/.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

const words = (...alternatives: string[]) => new RegExp(`(^|_)(${alternatives.join('|')})(_|$)`)

const signs: Sign[] = [
  {
    kind: 'e-mail address',
    tag: 'pii',
    name: words('e_?mail', 'mail_address'),
    value: matches(/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i),
  },
  { kind: 'card number', tag: 'pii', name: words('card_number', 'pan', 'credit_card'), value: isCardNumber },
  {
    kind: 'bank account',
    tag: 'pii',
    name: words('iban', 'bic'),
    value: matches(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/),
  },
  {
    kind: 'network address',
    tag: 'pii',
    name: words('ip', 'ip_address'),
    value: matches(/^(\d{1,3}\.){3}\d{1,3}$/),
  },
  {
    kind: 'phone number',
    tag: 'pii',
    name: words('phone', 'mobile', 'telephone', 'msisdn'),
    value: matches(/^\+\d[\d ()-]{6,18}$/),
  },
  {
    kind: 'name of a person',
    tag: 'pii',
    name: words(
      'first_?name',
      'last_?name',
      'full_?name',
      'surname',
      'family_name',
      'given_name',
      'maiden_name',
    ),
  },
  {
    kind: 'date of birth',
    tag: 'pii',
    name: words('birth', 'birthday', 'birth_?date', 'date_of_birth', 'dob'),
  },
  {
    kind: 'identity number',
    tag: 'pii',
    name: words('ssn', 'passport', 'national_id', 'tax_id', 'social_security', 'driving_licen[cs]e'),
  },
  {
    kind: 'postal address',
    tag: 'pii',
    name: words('street', 'address', 'zip', 'zip_?code', 'postal_?code', 'postcode'),
  },
  { kind: 'place of a person', tag: 'pii', name: words('latitude', 'longitude', 'gps') },
  {
    kind: 'health',
    tag: 'special-category',
    name: words('health', 'diagnosis', 'disease', 'medical', 'patient', 'icd'),
  },
  {
    kind: 'origin or belief',
    tag: 'special-category',
    name: words('religion', 'ethnicity', 'race', 'nationality', 'political', 'union_member'),
  },
  { kind: 'sex or orientation', tag: 'special-category', name: words('gender', 'sex', 'sexual_orientation') },
]

const shareOfValues = 0.8

const finding = ({ kind, tag }: Sign, reason: string): Sensitive => ({
  kind,
  tag,
  reason,
  classification: 'confidential',
})

/** What a column seems to hold about people, by its values or its name; null when nothing points there. */
export function sensitiveColumn(name: string, values: string[]): Sensitive | null {
  for (const sign of signs) {
    const hits = sign.value ? values.filter(sign.value).length : 0
    if (hits > 0 && hits >= values.length * shareOfValues)
      return finding(sign, `values look like: ${sign.kind}`)
  }
  const named = signs.find((sign) => sign.name?.test(name))
  return named ? finding(named, `name says: ${named.kind}`) : null
}
