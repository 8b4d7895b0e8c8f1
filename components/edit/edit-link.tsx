import { ButtonLink } from '@/components/ui/button'

interface EditLinkProps {
  /** The page of the asset. */
  page: string
  may: boolean
}

/** The way to the form, for who may change it; also by `e`. */
export const EditLink = ({ page, may }: EditLinkProps) =>
  may ? (
    <ButtonLink href={`${page}/edit`} data-shortcut="e">
      Edit…
    </ButtonLink>
  ) : null
