import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import type { VerdictClause } from '@/components/ui/verdict-line'

interface HomeHeaderProps {
  verdict?: readonly VerdictClause[]
  mayRegister?: boolean
}

export const HomeHeader = ({ verdict = [], mayRegister = false }: HomeHeaderProps) => (
  <PageHeader
    title="Home"
    verdict={verdict}
    actions={
      mayRegister ? (
        <ButtonLink variant="primary" href="/register">
          Register a feature group
        </ButtonLink>
      ) : null
    }
  />
)
