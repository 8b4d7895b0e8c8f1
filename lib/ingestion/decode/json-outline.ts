import { defaultMaximumDepth, placeText, tooDeep } from '@/lib/core/json'

const quote = 34
const backslash = 92
const comma = 44
const openBrace = 123
const openBracket = 91
const closeBrace = 125
const closeBracket = 93

/** Line and column of a character, both from 1. */
export interface Mark {
  line: number
  column: number
}

/** A character of structure right inside the members of a document: where its rows begin, part and end. */
export interface Cut extends Mark {
  /** Place in the piece. */
  at: number
  character: '[' | ',' | ']' | '}'
}

/** Counts lines through pieces of a text; asked for places in rising order. */
class LineCounter {
  private line = 1
  private columnsBefore = 0
  private text = ''
  private last = -1
  private next = -1

  begin(text: string): void {
    this.columnsBefore = this.at(this.text.length).column - 1
    this.text = text
    this.last = -1
    this.next = text.indexOf('\n')
  }

  at(place: number): Mark {
    while (this.next !== -1 && this.next < place) {
      this.line++
      this.columnsBefore = 0
      this.last = this.next
      this.next = this.text.indexOf('\n', this.last + 1)
    }
    return { line: this.line, column: this.columnsBefore + place - this.last }
  }
}

/** Follows strings and depth through the pieces of a JSON text, whatever else is wrong with it. */
export class JsonOutline {
  private readonly lines = new LineCounter()
  private depth = 0
  private isInString = false
  private isEscaped = false

  /** Arrays of depth two that open, their commas, and what closes at depth two. Errors: too_large when too deep. */
  cutsOf(text: string): Cut[] {
    this.lines.begin(text)
    const cuts: Cut[] = []
    for (let at = 0; at < text.length; at++) {
      if (this.isInString) {
        at = this.endOfString(text, at)
        continue
      }
      const code = text.charCodeAt(at)
      if (code === quote) this.isInString = true
      else if (code === openBrace || code === openBracket) {
        this.depth++
        if (this.depth > defaultMaximumDepth) throw this.tooDeepAt(at)
        if (this.depth === 2 && code === openBracket) cuts.push(this.cut(at, '['))
      } else if (code === closeBrace || code === closeBracket) {
        this.depth--
        if (this.depth === 1) cuts.push(this.cut(at, code === closeBracket ? ']' : '}'))
      } else if (code === comma && this.depth === 2) cuts.push(this.cut(at, ','))
    }
    return cuts
  }

  private cut(at: number, character: Cut['character']): Cut {
    const { line, column } = this.lines.at(at)
    return { at, character, line, column }
  }

  private tooDeepAt(at: number): Error {
    const { line, column } = this.lines.at(at)
    return tooDeep(defaultMaximumDepth, placeText(line, column))
  }

  /** Place of the quote that ends the string; the piece's last place when it goes on. */
  private endOfString(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      if (this.isEscaped) {
        this.isEscaped = false
        continue
      }
      const code = text.charCodeAt(at)
      if (code === backslash) this.isEscaped = true
      else if (code === quote) {
        this.isInString = false
        return at
      }
    }
    return text.length - 1
  }
}
