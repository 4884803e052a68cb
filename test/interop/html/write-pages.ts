import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { htmlReport } from '#src/report/html/report.ts';
import { exampleFailure, exampleReport, exampleResult } from '../../report/example.ts';

/**
 * Writes pages into a folder, as a process of its own: within vitest the functions of the page's
 * script are not as they are written.
 */
const [folder = '.'] = process.argv.slice(2);
const write = (name: string, html: string) => writeFileSync(path.join(folder, name), html);
const nothing = { model: null, machine: null, exhibit: () => null };

const hostile =
  '</script><img src=x onerror="window.wasHit = true"><script>window.wasHit = true</script>';
const said = exampleFailure({ title: hostile, actual: hostile, explanation: hostile });
write('hostile.html', htmlReport(exampleReport([said]), nothing));

const many = Array.from({ length: 10_000 }, (_, at) => {
  const id = `toy/topic-${at % 40}/case-${at}`;
  const requirements = [`toy/requirement-${at % 150}`];
  const replay = `qkdspec test ${id} --target toy://192.0.2.7:8181 --seed 42`;
  const about = { id, requirements, replay, title: `The target does what case ${at} wants` };
  const explanation = `After message ${at} the model allows three answers. ${'It came otherwise. '.repeat(20)}`;
  return at % 2 === 0 ? exampleResult(about) : exampleFailure({ ...about, explanation });
});
write('many.html', htmlReport(exampleReport(many), nothing));
