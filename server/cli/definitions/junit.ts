import type { PlannedItem, PlanResource } from '@/lib/definitions/operations'
import { faultLine } from './render-plan'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** XML 1.0 holds no control characters but tab and line ends. */
const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
    .replaceAll(/[&<>"']/g, (one) => escapes[one] ?? one)

const failure = (message: string, text: string) => `<failure message="${xml(message)}">${xml(text)}</failure>`

function breakingFailure({ changes }: PlannedItem): string {
  const breaking = changes.filter((one) => one.class === 'breaking')
  if (breaking.length === 0) return ''
  const lines = breaking.map((one) => `${one.field}: ${JSON.stringify(one.old)} → ${JSON.stringify(one.new)}`)
  return failure(`${breaking.length} breaking`, lines.join('\n'))
}

interface Case {
  suite: string
  name: string
  failure: string
}

function casesOf(plan: PlanResource, failOnBreaking: boolean): Case[] {
  return [
    ...plan.faults.map((fault) => ({
      suite: fault.path,
      name: `line ${fault.line}`,
      failure: failure(fault.reason, faultLine(fault)),
    })),
    ...plan.items.map((item) => ({
      suite: item.path,
      name: `${item.kind} ${item.name}`,
      failure:
        item.faults.length > 0
          ? failure(item.faults[0]?.reason ?? '', item.faults.map(faultLine).join('\n'))
          : failOnBreaking
            ? breakingFailure(item)
            : '',
    })),
  ]
}

/** A JUnit report: a suite a file, a case an asset; a fault fails its case, a breaking change where that is asked. */
export function junitReport(plan: PlanResource, { failOnBreaking }: { failOnBreaking: boolean }): string {
  const cases = casesOf(plan, failOnBreaking)
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((path) => {
    const own = cases.filter(({ suite }) => suite === path)
    const failed = own.filter((one) => one.failure !== '').length
    const lines = own.map(
      (one) => `    <testcase classname="${xml(path)}" name="${xml(one.name)}">${one.failure}</testcase>`,
    )
    return [
      `  <testsuite name="${xml(path)}" tests="${own.length}" failures="${failed}">`,
      ...lines,
      '  </testsuite>',
    ].join('\n')
  })
  const failed = cases.filter((one) => one.failure !== '').length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="almanac plan" tests="${cases.length}" failures="${failed}">`,
    ...suites,
    '</testsuites>',
  ].join('\n')
}
