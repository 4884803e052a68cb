import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, makeFolder } from '../folder.ts';
import { oneOf, usage } from '../usage.ts';
import type { Verb } from '../verb.ts';

const formats = ['svg', 'mermaid', 'dot', 'json'];

interface ModelFlags {
  readonly format: string;
  readonly out?: string;
}

/** `model`: a protocol's machine as a picture, or for a program. */
export const model: Verb = {
  examples: [
    ['qkdspec model qosst --out qosst.svg', 'a picture'],
    ['qkdspec model qosst --format mermaid', 'for a README'],
    ['qkdspec model qosst --format json', 'states, transitions, guards, requirements'],
  ],
  declare: (command) =>
    command
      .argument('<protocol>', 'its name')
      .option('--format <format>', formats.join(', '), 'svg')
      .option('--out <file>', 'where it goes (default: stdout)'),
  async run(command, screen) {
    const [name = ''] = command.args;
    const { format, out } = command.opts<ModelFlags>();
    oneOf(format, { known: formats, what: 'format' });
    const { protocols } = await import('#src/protocols/index.ts');
    const { protocolOf } = await import('../target-url.ts');
    const { draw } = await import('../drawing/draw.ts');
    const drawing = await draw(protocolOf(name, protocols).model, format);
    if (out === undefined) screen.out(drawing);
    else {
      write(out, drawing);
      screen.out(`${out}\n`);
    }
    return 0;
  },
};

function write(file: string, text: string): void {
  makeFolder(dirname(file));
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw usage(`cannot write ${file}: ${codeOf(cause)}`, { cause });
  }
}
