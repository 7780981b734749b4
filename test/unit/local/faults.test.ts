import { describe, expect, it } from 'vitest';
import { FaultBook } from '../../../relay/local/faults/book.ts';
import { faultNames, faultRows, kindOf, renderFaults } from '../../../relay/local/faults/list.ts';
import { openGate, type LineHandle } from '../../../relay/local/line/gate.ts';
import type { Clock } from '../../../relay/local/session/clock.ts';
import { ProtocolError } from '../../../relay/local/session/errors.ts';

/** Time that passes when it is told to. */
function handClock(): Clock & { pass(ms: number): void; waiting(): number } {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    unixMs: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => (timers = timers.filter((each) => each !== timer));
    },
    pass(ms) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { run } of due) run();
    },
    waiting: () => timers.length,
  };
}

function openCall(book: FaultBook, id = 'rtc_1', transport: 'webrtc' | 'websocket' = 'webrtc') {
  const gate = book.open(id, transport, openGate);
  const [got, ends]: [unknown[], unknown[]] = [[], []];
  const line: LineHandle = {
    send: (message) => got.push(message),
    receive: () => {},
    end: (way) => ends.push(way),
  };
  gate.attach(line);
  const say = (type: string, fields: object = {}) =>
    gate.toClient(JSON.stringify({ type, ...fields }), (text) => got.push(JSON.parse(text).type));
  return { gate, got, ends, say };
}

const refused = (run: () => unknown): ProtocolError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
  }
  throw new Error('It was not refused.');
};

describe('The table of faults', () => {
  it('says of each what a client sees, and everything has a default', () => {
    for (const name of faultNames) {
      expect(kindOf(name).says, name).toMatch(/^[A-Z`].{20,}\.$/);
      expect(() => kindOf(name).parameters.parse({}), name).not.toThrow();
    }
  });

  it('is rendered with a row for each', () => {
    const rows = renderFaults().trimEnd().split('\n');
    expect(rows).toHaveLength(faultNames.length + 2);
    for (const { name } of faultRows()) expect(renderFaults()).toContain(`| \`${name}\` |`);
    expect(new Set(rows.map((row) => row.replaceAll(/`[^`]*`/g, '').split('|').length))).toEqual(new Set([7]));
  });
});

describe('Asking for a fault', () => {
  const book = new FaultBook(handClock());

  it.each([
    [() => book.add('explode'), 'name', /Unknown fault: 'explode'/],
    [() => book.add('drop-events', { type: ['x'] }), 'parameters.type', /Unknown parameter: 'parameters.type'/],
    [() => book.add('drop-events', { probability: 2 }), 'parameters.probability', /above maximum/],
    [() => book.add('close-socket', { code: 1006 }), 'parameters.code', /Invalid/],
    [() => book.add('drop-events', {}, { times: 0 }), 'times', /below minimum/],
    [() => book.add('drop-events', {}, { calls: 'rtc_none' }), 'calls', /There is no call/],
    [() => book.add('http-hang', {}, { calls: 'next' }), 'calls', /about requests/],
  ])('is refused when it makes no sense: %s', (run, parameter, sentence) => {
    const error = refused(run);
    expect(error.param).toBe(parameter);
    expect(error.message).toMatch(sentence);
    expect(book.faults()).toEqual([]);
  });

  it('is refused for a call on which it does not exist', () => {
    const { gate } = openCall(book);
    expect(refused(() => book.add('reset-socket', {}, { calls: 'rtc_1' })).message).toMatch(/does not exist on webrtc/);
    expect(refused(() => book.add('bad-network', {}, { calls: 'rtc_1' })).code).toBe('no_udp_relay');
    gate.close();
  });
});

describe('A call with faults', () => {
  it('passes everything at once when none is set', () => {
    const clock = handClock();
    const { got, say } = openCall(new FaultBook(clock));
    say('session.created');
    say('response.done');
    expect(got).toEqual(['session.created', 'response.done']);
    expect(clock.waiting()).toBe(0);
  });

  it('waits on the engine’s clock, and drops what is held when it ends', () => {
    const clock = handClock();
    const book = new FaultBook(clock);
    book.add('delay-events', { ms: 1000 });
    const { gate, got, say } = openCall(book);
    say('session.created');
    clock.pass(999);
    expect(got).toEqual([]);
    clock.pass(1);
    expect(got).toEqual(['session.created']);
    say('response.done');
    gate.close();
    expect(clock.waiting()).toBe(0);
    clock.pass(5000);
    expect(got).toEqual(['session.created']);
    expect(book.calls()).toEqual([]);
  });

  it('delivers what is held when a fault is taken back, and stops what has not struck', () => {
    const clock = handClock();
    const book = new FaultBook(clock);
    const late = book.add('delay-events', { ms: 1000 });
    const { got, ends, say } = openCall(book);
    say('session.created');
    const close = book.add('close-channel', { afterMs: 500 });
    expect([book.remove(late), book.remove(close), book.remove('fault_none')]).toEqual([true, true, false]);
    say('response.done');
    clock.pass(1000);
    expect(got).toEqual(['response.done', 'session.created']);
    expect(ends).toEqual([]);
  });

  it('strikes as often as it is told, and says what it did', () => {
    const clock = handClock();
    const book = new FaultBook(clock);
    const id = book.add('drop-events', { types: ['response.*'] }, { times: 2 });
    const { got, say } = openCall(book);
    for (const type of ['response.created', 'error', 'response.done', 'response.created']) say(type);
    expect(got).toEqual(['error', 'response.created']);
    expect(book.log()).toEqual([
      { at: 0, fault: id, name: 'drop-events', to: 'rtc_1', what: 'response.created' },
      { at: 0, fault: id, name: 'drop-events', to: 'rtc_1', what: 'response.done' },
    ]);
    expect(book.faults()).toMatchObject([{ id, timesLeft: 0 }]);
  });

  it('loses the same events in every run with one seed, and about as many as asked for', () => {
    const lost = (seed: number): string => {
      const book = new FaultBook(handClock(), seed);
      book.add('drop-events', { probability: 0.3 });
      const { got, say } = openCall(book);
      for (let index = 0; index < 1000; index += 1) say(`event.${index}`);
      return got.join();
    };
    expect(lost(1)).toBe(lost(1));
    expect(lost(1)).not.toBe(lost(2));
    expect(lost(1).split(',').length).toBeGreaterThan(600);
    expect(lost(1).split(',').length).toBeLessThan(800);
  });

  it('takes a pattern for what it says: a dot is a dot', () => {
    const book = new FaultBook(handClock());
    book.add('drop-events', { types: ['a.b', 'x.*.z'] });
    const { got, say } = openCall(book);
    for (const type of ['a.b', 'aXb', 'a.b.c', 'x.y.z', 'x.z']) say(type);
    expect(got).toEqual(['aXb', 'a.b.c', 'x.z']);
  });

  it('goes through several faults in the order they were set', () => {
    const book = new FaultBook(handClock());
    book.add('duplicate-events', { types: ['error'] });
    book.add('drop-events', { types: ['error'] }, { times: 1 });
    const { got, say } = openCall(book);
    say('error');
    expect(got).toEqual(['error']);
  });

  it('lets a WebRTC client be sent more than it says it takes', () => {
    const { gate } = openCall(new FaultBook(handClock()));
    expect(gate.offer('m=application 9\r\na=max-message-size:262144\r\n')).toMatch(/^a=max-message-size:67108864\r$/m);
  });
});
