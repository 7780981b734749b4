import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awaitTry } from '../../../lib/call/await-try.ts';

let network: { onLine: boolean };
let window: EventTarget;
beforeEach(() => {
  vi.useFakeTimers();
  network = { onLine: true };
  window = new EventTarget();
  vi.stubGlobal('navigator', network);
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const comesBack = () => {
  network.onLine = true;
  window.dispatchEvent(new Event('online'));
};

function wait(leastMs: number, mostMs = leastMs) {
  const go = vi.fn();
  const call = new AbortController();
  awaitTry({ leastMs, mostMs, leftMs: 45_000 }, call.signal, go);
  return { go, call };
}

describe('the next try', () => {
  it('is made within its span, and once', () => {
    const { go } = wait(1000, 2000);
    vi.advanceTimersByTime(999);
    expect(go).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(go).toHaveBeenCalledTimes(1);
  });

  it('is not spent without a network, and is made as soon as there is one', () => {
    network.onLine = false;
    const { go } = wait(0);
    vi.advanceTimersByTime(30_000);
    expect(go).not.toHaveBeenCalled();
    comesBack();
    expect(go).toHaveBeenCalledTimes(1);
  });

  it('is made at once when the network comes back before it was due, but not before we were told', () => {
    const soon = wait(0, 20_000);
    const told = wait(20_000);
    vi.advanceTimersByTime(1);
    comesBack();
    expect([soon.go.mock.calls.length, told.go.mock.calls.length]).toEqual([1, 0]);
    vi.advanceTimersByTime(20_000);
    expect(told.go).toHaveBeenCalledTimes(1);
  });

  it('is made at the very end all the same, so that the call ends', () => {
    network.onLine = false;
    const { go } = wait(0);
    vi.advanceTimersByTime(45_000);
    expect(go).toHaveBeenCalledTimes(1);
  });

  it('is not made in a call that is over', () => {
    const { go, call } = wait(1000);
    call.abort();
    comesBack();
    vi.advanceTimersByTime(60_000);
    expect(go).not.toHaveBeenCalled();
  });
});
