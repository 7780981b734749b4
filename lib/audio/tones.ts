/** Three short tones of our own, quieter than the voice: a call begins, ends, or fails. */

export type Tone = 'start' | 'end' | 'fault';

/** Hz, one note after the other: up, down, and low. */
const notes: Record<Tone, readonly [number, number]> = {
  start: [523.25, 783.99],
  end: [783.99, 523.25],
  fault: [261.63, 220],
};
const noteS = 0.09;
/** The voice peaks at about 0.3. */
const peak = 0.08;
/** Shorter is a click. */
const attackS = 0.012;

/** Resolves when it has sounded; never rejects: no tone is worth a call. */
export async function playTone(tone: Tone, speakerId: string): Promise<void> {
  const context = new AudioContext();
  try {
    if (speakerId) await sinkOf(context).setSinkId(speakerId);
    const over = Promise.withResolvers<void>();
    for (const [index, frequency] of notes[tone].entries()) {
      const last = sound(context, frequency, context.currentTime + index * noteS);
      if (index === 1) last.addEventListener('ended', () => over.resolve());
    }
    // A device that plays nothing must not keep the document open.
    setTimeout(() => over.resolve(), 1000);
    await over.promise;
  } catch {
    // No such loudspeaker.
  } finally {
    // The browser may have closed it by then.
    await context.close().catch(() => undefined);
  }
}

/** TypeScript's DOM library does not know it yet. */
function sinkOf(context: AudioContext): { setSinkId(id: string): Promise<void> } {
  return context as unknown as { setSinkId(id: string): Promise<void> };
}

function sound(context: AudioContext, frequency: number, at: number): OscillatorNode {
  const oscillator = new OscillatorNode(context, { type: 'sine', frequency });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(peak, at + attackS);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + noteS * 1.6);
  oscillator.connect(loudness).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + noteS * 1.6);
  return oscillator;
}
