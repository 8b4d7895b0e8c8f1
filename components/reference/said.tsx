/** A sentence of the records: what stands between backticks is code. */
export const Said = ({ text }: { text: string }) =>
  text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed sentence
      <code key={index} className="font-mono text-12">
        {part}
      </code>
    ) : (
      part
    ),
  )
