import { SaxesParser } from 'saxes';

/** An element of the JUnit XML that Jenkins's xUnit plugin takes. */
interface Shape {
  readonly inside: readonly string[];
  readonly must: readonly string[];
  readonly may: readonly string[];
}

const told = ['type', 'message'];
const counts = ['tests', 'failures', 'errors'];

/** What its schema says of the elements that we write. @see Jenkins xUnit plugin, junit-10.xsd */
const shapes: Readonly<Record<string, Shape>> = {
  testsuites: { inside: [''], must: [], may: ['name', 'time', ...counts] },
  testsuite: {
    inside: ['testsuites'],
    must: ['name', ...counts],
    may: [
      'group',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
      'file',
      'log',
      'url',
    ],
  },
  properties: { inside: ['testsuite'], must: [], may: [] },
  property: { inside: ['properties'], must: ['name', 'value'], may: [] },
  testcase: { inside: ['testsuite'], must: ['name'], may: ['time', 'classname', 'group'] },
  failure: { inside: ['testcase'], must: [], may: told },
  error: { inside: ['testcase'], must: [], may: told },
  skipped: { inside: ['testcase'], must: [], may: told },
  'system-out': { inside: ['testsuite', 'testcase'], must: [], may: [] },
  'system-err': { inside: ['testsuite', 'testcase'], must: [], may: [] },
};

/** Elements that may hold text. */
const texts = ['failure', 'error', 'skipped', 'system-out', 'system-err'];

/** In what an XML is no JUnit report, in a few words each. */
export function junitProblems(xml: string): readonly string[] {
  const problems: string[] = [];
  const open = [''];
  const parser = new SaxesParser();
  parser.on('error', ({ message }) => problems.push(message));
  parser.on('opentag', ({ name, attributes }) => {
    const around = open.at(-1) ?? '';
    const shape = shapes[name];
    open.push(name);
    if (shape === undefined) return problems.push(`no element ${name}`);
    if (!shape.inside.includes(around)) problems.push(`${name} in ${around}`);
    for (const one of shape.must) if (!(one in attributes)) problems.push(`${name} has no ${one}`);
    for (const [one, value] of Object.entries(attributes)) {
      if (![...shape.must, ...shape.may].includes(one)) problems.push(`${name} has ${one}`);
      const isTime = one !== 'time' || /^\d+(\.\d*)?$/.test(value);
      if (!isTime) problems.push(`${name} time ${value}`);
    }
  });
  parser.on('text', (text) => {
    if (text.trim() !== '' && !texts.includes(open.at(-1) ?? '')) problems.push(`text ${text}`);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return problems;
}
