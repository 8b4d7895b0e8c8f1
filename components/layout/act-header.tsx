import { PageHeader } from './page-header'

interface ActHeaderProps {
  /** As the breadcrumb and the title say it: "Archive". */
  act: string
  /** What has become of it once the act is done: "archived". */
  done: string
  isDone: boolean
  /** The asset's name in the breadcrumb, and where its page is. */
  name: string
  href: string
  /** The name with what tells it from others of that name: `route_delays@1`. */
  fullName: string
}

/** The head of a page on which one thing is done to one asset. */
export const ActHeader = ({ act, done, isDone, name, href, fullName }: ActHeaderProps) => (
  <PageHeader
    size="asset"
    breadcrumbs={{
      crumbs: [{ label: 'Catalogue', href: '/catalog' }, { label: name, href, mono: true }, { label: act }],
      fullName,
    }}
    title={isDone ? `${fullName} is ${done}` : `${act} ${fullName}`}
  />
)
