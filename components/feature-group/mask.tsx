/** In place of a value that never left the store. */
export const Mask = ({ column }: { column: string }) => (
  <span
    className="hatch inline-block h-3.5 w-16 align-middle"
    role="img"
    aria-label={`${column} is masked`}
  />
)
