import { announcementOperations } from '@/lib/announcements/operations'
import { auditOperations } from '@/lib/audit/operations'
import { basketOperations } from '@/lib/basket/operations'
import { catalogOperations } from '@/lib/catalog/operations'
import { certificationOperations } from '@/lib/certification/operations'
import { commentOperations } from '@/lib/comments/operations'
import { completenessOperations } from '@/lib/completeness/operations'
import { contractOperations } from '@/lib/contracts/operations'
import type { Operation } from '@/lib/core/operation'
import { datasetOperations } from '@/lib/datasets/operations'
import { definitionOperations } from '@/lib/definitions/operations'
import { documentationOperations } from '@/lib/documentation/operations'
import { draftOperations } from '@/lib/drafts/operations'
import { exampleOperations } from '@/lib/examples/operations'
import { feastOperations } from '@/lib/feast/operations'
import { feedbackOperations } from '@/lib/feedback/operations'
import { glossaryOperations } from '@/lib/glossary/operations'
import { governanceOperations } from '@/lib/governance/operations'
import { healthOperations } from '@/lib/health/operations'
import { identityOperations } from '@/lib/identity/operations'
import { ingestionOperations } from '@/lib/ingestion/operations'
import { jobOperations } from '@/lib/jobs/operations'
import { monitoringOperations } from '@/lib/monitoring/operations'
import { notifyOperations } from '@/lib/notify/operations'
import { offlineOperations } from '@/lib/offline/operations'
import { onlineOperations } from '@/lib/online/operations'
import { ownershipOperations } from '@/lib/ownership/operations'
import { registryOperations } from '@/lib/registry/operations'
import { retirementOperations } from '@/lib/retirement/operations'
import { sampleOperations } from '@/lib/sample/operations'
import { settingsOperations } from '@/lib/settings/operations'
import { viewOperations } from '@/lib/views/operations'

/** Every operation of the public interface. */
export const operations: readonly Operation[] = [
  ...announcementOperations,
  ...auditOperations,
  ...basketOperations,
  ...catalogOperations,
  ...certificationOperations,
  ...commentOperations,
  ...completenessOperations,
  ...contractOperations,
  ...datasetOperations,
  ...definitionOperations,
  ...documentationOperations,
  ...draftOperations,
  ...exampleOperations,
  ...feastOperations,
  ...feedbackOperations,
  ...glossaryOperations,
  ...governanceOperations,
  ...healthOperations,
  ...identityOperations,
  ...ingestionOperations,
  ...jobOperations,
  ...monitoringOperations,
  ...notifyOperations,
  ...offlineOperations,
  ...onlineOperations,
  ...ownershipOperations,
  ...registryOperations,
  ...retirementOperations,
  ...sampleOperations,
  ...settingsOperations,
  ...viewOperations,
]
