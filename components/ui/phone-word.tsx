/** On a phone a row has no headings: the word that tells what a number is. */
export const PhoneWord = ({ children }: { children: string }) => (
  <span className="text-muted md:hidden"> {children}</span>
)
