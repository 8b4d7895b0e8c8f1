import { describe, expect, it } from 'vitest'
import { readDefinitionFiles } from './read-files'

const read = (content: string, path = 'a.yaml') => readDefinitionFiles([{ path, content }])

const group = `kind: feature_group
name: visits
timestamp_key: at
features:
  - name: pages
    type: int64
`

describe('readDefinitionFiles', () => {
  it('reads several documents of a file, comments and anchors included', () => {
    const { definitions, faults } = read(
      `# ours\n${group}---\nkind: entity\nname: customer\nkeys: &keys\n  - {name: customer_id, type: int64}\n`,
    )
    expect(faults).toEqual([])
    expect(definitions.map(({ kind, name, line }) => [kind, name, line])).toEqual([
      ['feature_group', 'visits', 2],
      ['entity', 'customer', 9],
    ])
  })

  it('names line and column of what is wrong, and reads the rest', () => {
    const { definitions, faults } = read(`${group}  - name: Bad Name\n    type: int65\n    sise: 3\n`)
    expect(definitions).toHaveLength(1)
    expect(faults.map(({ pointer, line, column_number }) => [pointer, line, column_number])).toEqual([
      ['/features/1/name', 7, 11],
      ['/features/1/type', 8, 11],
      ['/features/1/sise', 9, 11],
    ])
  })

  it('points at the nearest that is written for what is absent', () => {
    const { faults } = read('kind: entity\nname: customer\n')
    expect(faults).toMatchObject([{ pointer: '/keys', line: 1, path: 'a.yaml' }])
  })

  it.each([
    ['kind: feature_groop\nname: a\n', 'unknown_kind', 1],
    ['kind: entity\nname: 12\n', 'required', 2],
    ['- a list\n', 'yaml', 1],
    ['kind: entity\nname: a\nname: b\n', 'yaml', 3],
    ['kind: entity\n\tname: a\n', 'yaml', 2],
  ])('refuses %j', (content, code, line) => {
    expect(read(content)).toMatchObject({ definitions: [], faults: [{ code, line }] })
  })

  it('does not unfold a bomb of aliases', () => {
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\n${'bcdefgh'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[at]}`).join(',')}]`)
      .join('\n')}\n`
    expect(read(bomb).faults).toMatchObject([{ code: 'yaml' }])
  })

  it('keeps whole numbers beyond 2^53', () => {
    const { definitions } = read(
      'kind: source\nsource_kind: file\nname: raw\nconfig: {big: 9007199254740993, small: 3}\n',
    )
    expect(definitions[0]?.body.config).toEqual({ big: 9007199254740993n, small: 3 })
  })

  it('refuses the same asset twice, in whichever files', () => {
    const { faults } = readDefinitionFiles([
      { path: 'a.yaml', content: group },
      { path: 'b.yaml', content: `\n${group}` },
    ])
    expect(faults).toMatchObject([{ path: 'b.yaml', line: 3, code: 'duplicate' }])
    expect(faults[0]?.reason).toContain('a.yaml at line 1')
  })
})
