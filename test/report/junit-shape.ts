import { SaxesParser } from 'saxes';

/** An element of JUnit XML. */
interface Shape {
  readonly inside: readonly string[];
  /** What stands right before it; `''`: it is the first one. */
  readonly behind: readonly string[];
  readonly must: readonly string[];
  readonly may: readonly string[];
}

const told = { inside: ['testcase'], behind: [''], must: ['type'], may: ['message'] };
const counts = ['tests', 'failures', 'errors'];

/**
 * What both schemas allow of the elements that we write: Jenkins's knows no other names, and Ant's
 * is strict about order, and about what must be there.
 *
 * @see Jenkins xUnit plugin, junit-10.xsd
 * @see Apache Ant, JUnit.xsd by Windy Road
 */
const shapes: Readonly<Record<string, Shape>> = {
  testsuites: { inside: [''], behind: [''], must: [], may: [] },
  testsuite: {
    inside: ['testsuites'],
    behind: ['', 'testsuite'],
    must: ['id', 'package', 'name', 'hostname', 'timestamp', 'time', ...counts],
    may: ['skipped'],
  },
  properties: { inside: ['testsuite'], behind: [''], must: [], may: [] },
  property: {
    inside: ['properties'],
    behind: ['', 'property'],
    must: ['name', 'value'],
    may: [],
  },
  testcase: {
    inside: ['testsuite'],
    behind: ['properties', 'testcase'],
    must: ['name', 'classname', 'time'],
    may: [],
  },
  failure: told,
  error: told,
  skipped: { ...told, must: [], may: ['type', 'message'] },
  'system-out': { inside: ['testsuite'], behind: ['properties', 'testcase'], must: [], may: [] },
  'system-err': { inside: ['testsuite'], behind: ['system-out'], must: [], may: [] },
};

/** How some attributes are written. */
const forms: Readonly<Record<string, RegExp>> = {
  time: /^\d+(\.\d*)?$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
  tests: /^\d+$/,
};

/** Elements that may hold text. */
const texts = ['failure', 'error', 'skipped', 'system-out', 'system-err'];

/** In what an XML is no JUnit report, in a few words each. */
export function junitProblems(xml: string): readonly string[] {
  const problems: string[] = [];
  /** Open elements, each with the one that was last closed in it. */
  const open = [{ name: '', last: '' }];
  const inner = () => open.at(-1) ?? { name: '', last: '' };
  const parser = new SaxesParser();
  parser.on('error', ({ message }) => problems.push(message));
  parser.on('opentag', ({ name, attributes }) => {
    const { name: around, last } = inner();
    const shape = shapes[name];
    open.push({ name, last: '' });
    if (shape === undefined) return problems.push(`no element ${name}`);
    if (!shape.inside.includes(around)) problems.push(`${name} in ${around}`);
    else if (!shape.behind.includes(last)) problems.push(`${name} behind ${last}`);
    problems.push(...attributeProblems(name, attributes, shape));
  });
  parser.on('text', (text) => {
    if (text.trim() !== '' && !texts.includes(inner().name)) problems.push(`text ${text}`);
  });
  parser.on('closetag', ({ name }) => {
    const closed = open.pop();
    if (name === 'testsuite' && closed?.last !== 'system-err') problems.push('no system-err');
    inner().last = name;
  });
  parser.write(xml).close();
  return problems;
}

function attributeProblems(
  name: string,
  attributes: Readonly<Record<string, string>>,
  { must, may }: Shape,
): readonly string[] {
  const missing = must.filter((one) => !(one in attributes)).map((one) => `${name} has no ${one}`);
  const unknown = Object.keys(attributes)
    .filter((one) => ![...must, ...may].includes(one))
    .map((one) => `${name} has ${one}`);
  const odd = Object.entries(attributes)
    .filter(([one, value]) => forms[one]?.test(value) === false)
    .map(([one, value]) => `${name} ${one} ${value}`);
  return [...missing, ...unknown, ...odd];
}
