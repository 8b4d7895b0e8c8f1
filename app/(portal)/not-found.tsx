import { ButtonLink } from '@/components/ui/button'

/** Inside the frame; the same words for what is missing and for what is hidden. */
export default function PortalNotFound() {
  return (
    <div className="flex flex-col items-start gap-3">
      <h1 className="font-medium font-title text-28">Not found</h1>
      <p className="prose">Nothing of this name is there, or it is not open to you.</p>
      <ButtonLink href="/catalog">Search the catalogue</ButtonLink>
    </div>
  )
}
