import type { ReportingDescriptor } from 'sarif';
import type { Report } from '#src/contract/report.ts';
import type { Sources } from './format.ts';
import { sarifLevel } from './sarif-result.ts';
import { printable } from './text.ts';

/** GitHub shows so many letters of a description. */
const mostLetters = 1000;

/** A requirement as a rule; with its own words where the protocol is known. */
export function ruleOf(id: string, { target }: Report, { protocol }: Sources): ReportingDescriptor {
  const rows = Object.values(protocol?.model.requirements ?? {});
  const row = rows.find((one) => one.id === id);
  const name = id.split('/').at(-1) ?? id;
  const tags = ['conformance', target.protocol];
  if (row === undefined || protocol === null) {
    const help = { text: `See: qkdspec explain ${id}` };
    return { id, name, shortDescription: { text: id }, help, properties: { tags } };
  }
  const { level, basis, binds, cite, text } = row;
  const document = protocol.model.documents[cite.document] ?? cite.document;
  const words = printable(text).slice(0, mostLetters);
  const about = `${level}, ${basis}, binds ${binds}. ${document}; section ${cite.section}.`;
  return {
    id,
    name,
    shortDescription: { text: words },
    fullDescription: { text: `${words} (${about})`.slice(0, mostLetters) },
    help: {
      text: `${words}\n${about}\nSee: qkdspec explain ${id}`,
      markdown: `${words}\n\n${about}\n\nSee: \`qkdspec explain ${id}\``,
    },
    defaultConfiguration: { level: sarifLevel[level] },
    properties: { tags: [...tags, level], precision: 'high' },
  };
}
