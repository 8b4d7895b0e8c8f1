/**
 * Words that teams use for one thing when they name features. The first of each line stands for all of it; a word
 * stands in one line only. Plurals and endings are taken off before a word is looked up.
 */
const lines = [
  'count number num cnt nb many quantity how_many frequency',
  'mean avg average',
  'sum total overall',
  'maximum max highest peak greatest top largest',
  'minimum min lowest least smallest',
  'median p50',
  'deviation std stddev sd variance volatility',
  'ratio share fraction portion pct percent percentage rate proportion',
  'distinct unique different uniq',
  'latest newest recent most_recent',
  'first initial earliest',
  'customer client user subscriber somebody person member visitor consumer shopper',
  'login logon signin sign_in log_in logged_in',
  'order purchase transaction txn checkout',
  'money amount spend spent paid amt',
  'payment pay',
  'session visit',
  'page screen',
  'product item article good sku',
  'basket cart',
  'account acct',
  'balance outstanding owed owe debt',
  'limit line',
  'ticket case request',
  'open unresolved pending unclosed',
  'churn left cancel attrition end lapse gone leave',
  'country nation iso iso2',
  'residence live reside domicile',
  'tenure age old',
  'late delay delayed lateness overdue',
  'flight departure depart plane',
  'airport aerodrome',
  'distance length far mileage',
  'route od leg',
  'temperature temp heat',
  'machine equipment device_unit asset',
  'device handset phone',
  'use usage utilization utilisation utilize used',
  'income salary wage earning',
  'price cost fee charge',
  'click tap',
  'view impression',
  'email mail',
  'error failure fault exception',
  'return refund',
  'review rating star',
  'message msg',
  'recency recently',
  'duration lasted',
  'employee staff worker',
  'vehicle car automobile',
  'shipment parcel delivery package',
  'temperature temp',
  'inventory stock',
  'claim damage',
  'revenue sales turnover income_gross',
  'discount rebate coupon',
  'call phonecall',
  'day daily',
  'hour hourly',
  'week weekly',
  'month monthly',
  'minute min_unit',
  'score points',
  'credit',
  'transfer remittance',
  'merchant shop store retailer vendor seller',
  'fraud scam',
]

const byWord = new Map(
  lines.flatMap((line) => {
    const words = line.split(' ')
    const [stands = ''] = words
    return words.map((word) => [word, stands] as const)
  }),
)

/** What a word stands for; itself when nobody uses another word for it. */
export const conceptOf = (word: string): string => byWord.get(word) ?? word

export const isKnownWord = (word: string): boolean => byWord.has(word)

/** All the words that stand for a concept, itself among them. */
export const wordsFor = (concept: string): string[] =>
  lines.find((line) => line.split(' ', 1)[0] === concept)?.split(' ') ?? [concept]
