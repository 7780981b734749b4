import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlayedCase } from '../faults/case.ts';
import { presses } from '../faults/cases/lifecycle-presses.ts';
import { faultIds } from '../faults/ids.ts';
import { instrumented, type Instrumented } from '../faults/instruments.ts';
import { playOnce } from '../faults/play.ts';

let extension: Instrumented;
beforeAll(async () => void (extension = await instrumented()));
afterAll(() => extension.remove());

const short = presses.filter((one): one is PlayedCase => 'play' in one && one.quick === true);

describe('there is one call, and every view shows it', () => {
  it.each(short.map((one) => [faultIds[one.id], one] as const))('%s', async (_, one) => {
    expect((await playOnce(one, extension)).broken).toEqual([]);
  });
});
