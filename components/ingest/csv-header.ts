/** The header must end within this many bytes. */
const longestHeaderBytes = 256 * 1024

/** Cells of one CSV line; quotes doubled inside quotes. */
function cellsOf(line: string): string[] {
  const cells: string[] = []
  let cell = ''
  let inside = false
  for (let at = 0; at < line.length; at++) {
    const character = line[at]
    if (character === '"' && inside && line[at + 1] === '"') {
      cell += '"'
      at++
    } else if (character === '"') inside = !inside
    else if (character === ',' && !inside) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  return [...cells, cell]
}

/** `Pallet Ref`, `palletRef` and `pallet-ref` as the registration names them: `pallet_ref`. */
const asName = (cell: string) =>
  cell
    .trim()
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase()

/** Which cells of a header mean a declared column under another spelling. A cell that is declared itself stays. */
export function declaredSpellings(
  cells: readonly string[],
  declared: readonly string[],
): Record<string, string> {
  const present = new Set(cells)
  return Object.fromEntries(
    cells
      .filter((cell) => !declared.includes(cell))
      .map((cell) => [cell, asName(cell)] as const)
      .filter(([, name]) => declared.includes(name) && !present.has(name)),
  )
}

/** The cells of a CSV file's header. */
export async function readCsvHeader(file: Blob): Promise<string[]> {
  const head = new Uint8Array(await file.slice(0, longestHeaderBytes).arrayBuffer())
  const end = head.indexOf(10)
  const line = new TextDecoder().decode(end < 0 ? head : head.subarray(0, end))
  return cellsOf(line.replace(/^\uFEFF/, '').replace(/\r$/, ''))
}
