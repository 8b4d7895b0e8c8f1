/** Article 6(1) of the GDPR, and that the data are about nobody. */
export const lawfulBases = [
  'consent',
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
  'not_personal',
] as const
export type LawfulBasis = (typeof lawfulBases)[number]

export const lawfulBasisLabels: Record<LawfulBasis, string> = {
  consent: 'Consent, 6(1)(a)',
  contract: 'Contract, 6(1)(b)',
  legal_obligation: 'Legal obligation, 6(1)(c)',
  vital_interests: 'Vital interests, 6(1)(d)',
  public_task: 'Public task, 6(1)(e)',
  legitimate_interests: 'Legitimate interests, 6(1)(f)',
  not_personal: 'No personal data',
}
