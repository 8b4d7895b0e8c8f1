import type { ReferenceTag } from './reference'

/** An address part out of a tag's name: "feature groups" → "tag-feature-groups". */
export const tagId = (name: string): string => `tag-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`

export const tagTitle = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

function Links({ tags }: { tags: readonly ReferenceTag[] }) {
  return tags.map(({ name, operations }) => (
    <section key={name} className="mb-4">
      <h2 className="mb-1 font-medium">
        <a href={`#${tagId(name)}`} className="hover:underline">
          {tagTitle(name)}
        </a>
      </h2>
      <ul>
        {operations.map(({ id, summary }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="block py-0.5 text-12 text-muted hover:text-ink hover:underline max-md:flex max-md:min-h-11 max-md:items-center"
            >
              {summary}
            </a>
          </li>
        ))}
      </ul>
    </section>
  ))
}

/** All operations by tag, as links into the page; behind one line on a phone. */
export function ReferenceNav({ tags }: { tags: readonly ReferenceTag[] }) {
  return (
    <>
      <nav
        aria-label="Operations"
        className="sticky top-0 h-dvh w-64 shrink-0 overflow-y-auto border-r py-6 pr-4 max-lg:hidden"
      >
        <Links tags={tags} />
      </nav>
      <details className="border-b lg:hidden">
        <summary className="flex h-11 items-center font-medium">All operations</summary>
        <nav aria-label="Operations">
          <Links tags={tags} />
        </nav>
      </details>
    </>
  )
}
