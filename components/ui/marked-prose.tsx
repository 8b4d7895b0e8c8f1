/** Text that a person wrote, with names between back-ticks in mono. */
export function MarkedProse({ text }: { text: string }) {
  return (
    <>
      {text.split('`').map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
          <code key={index} className="font-mono text-12">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </>
  )
}
