const [needMajor, needMinor] = [20, 19]

/** What is wrong with this Node, or null. */
export function nodeFault() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return null
  return `Almanac needs Node ${needMajor}.${needMinor} or newer; this is ${process.versions.node}. Install a newer one and run the same command again.`
}
