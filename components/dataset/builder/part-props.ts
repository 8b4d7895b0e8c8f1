import type { BuilderChoices } from '@/lib/datasets/operations'
import type { Builder } from './use-builder'

/** What every part of the builder is given. */
export interface PartProps {
  form: Builder
  choices: BuilderChoices
}
