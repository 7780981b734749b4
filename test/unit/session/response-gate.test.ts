import { expect, it } from 'vitest';
import { ResponseGate } from '../../../lib/session/response-gate.ts';

it('a late end of an older response does not open the gate for the running one', () => {
  let asked = 0;
  const gate = new ResponseGate(() => {
    asked += 1;
  });
  gate.started('r1');
  gate.started('r2');
  gate.want();
  gate.done('r1');
  expect(asked).toBe(0);
  gate.done('r2');
  expect(asked).toBe(1);
});

it('a response that begins by itself answers what was wanted', () => {
  let asked = 0;
  const gate = new ResponseGate(() => {
    asked += 1;
  });
  gate.started('r1');
  gate.want();
  gate.started('r2');
  gate.done('r2');
  expect(asked).toBe(0);
});

it('what is wanted after a request that has not begun yet gets a response of its own', () => {
  let asked = 0;
  const gate = new ResponseGate(() => {
    asked += 1;
  });
  gate.want();
  gate.want();
  gate.started('r1');
  gate.done('r1');
  expect(asked).toBe(2);
});
