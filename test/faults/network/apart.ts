/** One run of a case in a process and a network of its own. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { nameOf } from '../all.ts';
import type { PlayedCase } from '../case.ts';
import type { Instrumented } from '../instruments.ts';
import type { Run } from '../play.ts';
import { startInside } from './namespace.ts';

export async function playApart(one: PlayedCase, { dir }: Instrumented): Promise<Run> {
  const child = startInside(fileURLToPath(new URL('inside.ts', import.meta.url)), [nameOf(one), dir]);
  let run: Run = { played: null, peer: null, broken: ['The process that plays it has ended.'] };
  child.on('message', (told: Run) => {
    run = told;
  });
  await once(child, 'close');
  return run;
}
