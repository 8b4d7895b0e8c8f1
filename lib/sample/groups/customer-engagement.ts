import { countContract, type SampleGroup } from '../definition'

/** The quick start's group: generated, and ingested as a file. */
export const customerEngagement: SampleGroup = {
  name: 'customer_engagement',
  description:
    'How much a customer uses the product: logins and session length, one row a customer and day with at least one login. Days without a login have no row, so the newest row is the last time the customer was seen. Fed by push from the web application.',
  entity: 'customer',
  primary_key: ['customer_id'],
  timestamp_key: 'interaction_date',
  owner_team: 'growth',
  domain: 'customers',
  tags: ['engagement', 'churn', 'quick-start'],
  classification: 'internal',
  online: true,
  source: 'web_sessions',
  features: [
    {
      name: 'num_logins',
      type: 'int64',
      description:
        'Logins of the customer on that day, web and mobile together. Never 0: without a login there is no row.',
      tags: ['engagement'],
      contract: { ...countContract, min: 1 },
    },
    {
      name: 'avg_session_duration',
      type: 'float64',
      description:
        'Mean length of the day’s sessions in minutes, to a tenth; a session ends after 30 minutes without a click.',
      tags: ['engagement'],
      contract: { min: 0, max: 240, nullable: false },
    },
  ],
}

/** The label for churn models. */
export const customerChurn: SampleGroup = {
  name: 'customer_churn',
  description:
    'Whether a customer was lost: the target that the churn model predicts. One row a customer and reference date, for customers seen in the 30 days up to it. A label, never an input: it looks 30 days ahead.',
  entity: 'customer',
  primary_key: ['customer_id'],
  timestamp_key: 'as_of',
  owner_team: 'growth',
  domain: 'customers',
  tags: ['label', 'churn'],
  classification: 'internal',
  online: false,
  source: 'web_sessions',
  features: [
    {
      name: 'churned',
      type: 'bool',
      description:
        'True when the customer was not seen once in the 30 days after the reference date. Customers who came back later still count as churned.',
      tags: ['churn'],
      contract: { nullable: false },
      role: 'label',
      horizon: 'P30D',
    },
  ],
}
