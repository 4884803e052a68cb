import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { testCommand } from './command.ts';
import { testContents } from './contents.ts';
import { testDoors } from './doors.ts';
import { packed, type Package } from './packed.ts';

const within = mkdtempSync(join(tmpdir(), 'qkdspec-package-'));
let made: Package;

beforeAll(async () => {
  made = await packed(within);
  cpSync(join(import.meta.dirname, 'consumer'), made.project, { recursive: true });
  writeFileSync(join(made.project, 'package.json'), '{ "type": "module" }');
}, 180_000);

afterAll(() => rmSync(within, { recursive: true }));

testContents(() => made);
testCommand(() => made);
testDoors(() => made);
