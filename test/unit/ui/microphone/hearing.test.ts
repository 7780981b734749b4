import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Capture } from '../../../../lib/ui/microphone/capture.ts';
import { startHearing } from '../../../../lib/ui/microphone/hearing.ts';

let frames: (() => void)[] = [];
const frame = () => {
  for (const run of frames.splice(0)) run();
};

beforeEach(() => {
  frames = [];
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A microphone of this loudness, and a permission that a test can change. */
function world(state: PermissionState) {
  const microphone = {
    loudness: 0,
    open: 0,
    level: () => microphone.loudness,
    close: () => void (microphone.open -= 1),
  };
  const permission = Object.assign(new EventTarget(), { state });
  const open = vi.fn(async (): Promise<Capture | 'denied' | 'dismissed'> => {
    microphone.open += 1;
    return microphone;
  });
  const change = (next: PermissionState) => {
    permission.state = next;
    permission.dispatchEvent(new Event('change'));
  };
  return { microphone, open, change, status: async () => permission as unknown as PermissionStatus };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

describe('the step with the microphone', () => {
  it('asks only when it is pressed', async () => {
    const { open, microphone, status } = world('prompt');
    const hearing = startHearing(open, status);
    await settled();
    expect(hearing.step.get()).toBe('explain');
    expect(open).not.toHaveBeenCalled();
    await hearing.ask();
    expect(hearing.step.get()).toBe('testing');
    expect(microphone.open).toBe(1);
  });

  it('shows the level, and says so when it hears somebody', async () => {
    const { open, microphone, status } = world('granted');
    const hearing = startHearing(open, status);
    await settled();
    microphone.loudness = 0.1;
    for (let count = 0; count < 5; count += 1) frame();
    expect(hearing.height.get()).toBeGreaterThan(0.4);
    expect(hearing.step.get()).toBe('testing');
    frame();
    expect(hearing.step.get()).toBe('heard');
  });

  it('says that it hears nothing, and takes it back when it does', async () => {
    const { open, microphone, status } = world('granted');
    const hearing = startHearing(open, status);
    await settled();
    await vi.advanceTimersByTimeAsync(4000);
    expect(hearing.step.get()).toBe('quiet');
    microphone.loudness = 0.1;
    for (let count = 0; count < 6; count += 1) frame();
    expect(hearing.step.get()).toBe('heard');
  });

  it('goes on by itself when it is allowed in the settings', async () => {
    const { open, change, status } = world('denied');
    const hearing = startHearing(open, status);
    await settled();
    expect(hearing.step.get()).toBe('denied');
    change('prompt');
    expect(hearing.step.get()).toBe('explain');
    change('granted');
    await settled();
    expect(hearing.step.get()).toBe('testing');
  });

  it('names a refusal, and may be asked again', async () => {
    const { open, status } = world('prompt');
    open.mockResolvedValueOnce('dismissed');
    const hearing = startHearing(open, status);
    await hearing.ask();
    expect(hearing.step.get()).toBe('dismissed');
    await hearing.ask();
    expect(hearing.step.get()).toBe('testing');
  });

  it('leaves no microphone open, however early the person goes on', async () => {
    const { open, microphone, status } = world('prompt');
    const hearing = startHearing(open, status);
    await hearing.ask();
    hearing.stop();
    hearing.stop();
    expect(microphone.open).toBe(0);

    const early = startHearing(open, status);
    const asked = early.ask();
    early.stop();
    await asked;
    expect(microphone.open).toBe(0);
    await early.ask();
    expect(microphone.open).toBe(0);
  });
});
