import { expect, it } from 'vitest'
import { csvLine } from './csv-line'

it('quotes what would break the line, and disarms what a spreadsheet would run', () => {
  expect(csvLine(['a', 1, null, undefined, 'b,c', 'd"e', 'f\ng'])).toBe('a,1,,,"b,c","d""e","f\ng"\n')
  expect(csvLine(['=1+1', '-2', -2, '@x'])).toBe("'=1+1,'-2,-2,'@x\n")
  expect(csvLine([' =cmd|x', '\u00a0+1', ' a=b'])).toBe("' =cmd|x,'\u00a0+1, a=b\n")
})
