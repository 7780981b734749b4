import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Uplink } from '../../../lib/call/uplink/uplink.ts';
import { FakeEar, fakeLine, ms, type Sent } from './fake-ear.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (time: number) => vi.advanceTimersByTimeAsync(time);

function setTheStage({ manual = false, deaf = new Set<string>() } = {}) {
  const ear = new FakeEar();
  const uplink = new Uplink({ deaf, log: () => undefined });
  uplink.setManual(manual);
  uplink.setEar(ear);
  uplink.setMicrophone({} as MediaStreamTrack);
  return { ear, uplink, deaf };
}

const sounds = (sent: Sent[]) => sent.filter((each) => each.what === 'sound').map(({ from, to }) => [ms(from), ms(to)]);
const rest = (sent: Sent[]) => sent.filter((each) => each.what !== 'sound');

describe('hands-free', () => {
  it('sends the raw track when nobody has begun to speak', async () => {
    const { uplink } = setTheStage();
    const { session, sent } = fakeLine();
    await pass(2000);
    uplink.open(session);
    await pass(500);
    expect(sent).toEqual([{ what: 'track', track: 'raw' }]);
  });

  it('decides nothing in the first moments, when a word may have begun that is not noticed yet', async () => {
    const { ear, uplink } = setTheStage();
    const { session, sent } = fakeLine();
    uplink.open(session);
    await pass(50);
    ear.speech(0, 900);
    await pass(100);
    expect(sounds(sent)[0]?.[0]).toBe(0);
    expect(rest(sent)).toEqual([]);
  });

  it('appends what was said before the line was open, whole and once, and then takes the track', async () => {
    const { ear, uplink } = setTheStage();
    const { session, sent } = fakeLine();
    ear.speech(1000, 4000);
    await pass(2500);
    uplink.open(session);
    await pass(200);
    uplink.heard('speech');
    await pass(2000);
    uplink.heard('turn');
    await pass(200);
    // One unbroken stretch from 300 ms before the speech to after its end, then the track, and no sound after it.
    const [[from, to], ...others] = sounds(sent) as [[number, number]];
    expect(others).toEqual([]);
    expect(from).toBe(700);
    expect(to).toBeGreaterThan(4300);
    expect(sent.at(-1)).toEqual({ what: 'track', track: 'raw' });
    await pass(1000);
    expect(sounds(sent)).toEqual([[from, to]]);
  });

  it('goes on appending while the person goes on, though the provider has made a turn of the beginning', async () => {
    const { ear, uplink } = setTheStage();
    const { session, sent } = fakeLine();
    ear.speech(0, 1000);
    ear.speech(1500, 5000);
    await pass(500);
    uplink.open(session);
    await pass(1300);
    uplink.heard('turn');
    await pass(2000);
    expect(rest(sent)).toEqual([]);
    await pass(2000);
    expect(rest(sent)).toEqual([{ what: 'track', track: 'raw' }]);
    expect(sounds(sent)).toHaveLength(1);
  });

  it('takes the track when what began was only noise', async () => {
    const { ear, uplink } = setTheStage();
    const { session, sent } = fakeLine();
    ear.speech(300, 330);
    await pass(400);
    uplink.open(session);
    await pass(3000);
    expect(rest(sent)).toEqual([{ what: 'track', track: 'raw' }]);
  });

  it('says it again by a track for a provider that hears no appended sound, and remembers', async () => {
    const { ear, uplink, deaf } = setTheStage();
    const { session, sent } = fakeLine();
    ear.speech(0, 3000);
    await pass(1000);
    uplink.open(session);
    await pass(2000);
    expect(rest(sent).slice(0, 2)).toEqual([{ what: 'clear' }, { what: 'track', track: 'ring 0' }]);
    uplink.heard('speech');
    await pass(2000);
    expect(rest(sent).at(-1)).toEqual({ what: 'track', track: 'raw' });
    expect([...deaf]).toEqual(['p']);

    const again = setTheStage({ deaf });
    const next = fakeLine();
    again.ear.speech(0, 1000);
    await pass(500);
    again.uplink.open(next.session);
    await pass(1500);
    expect(next.sent.map(({ what }) => what)).toEqual(['track', 'track']);
  });

  it('appends everything on a line that carries no track', async () => {
    const { uplink } = setTheStage();
    const { session, sent } = fakeLine({ carriesTrack: false });
    await pass(1000);
    uplink.open(session);
    await pass(1000);
    expect(sounds(sent)).toEqual([[0, 2000]]);
    expect(rest(sent)).toEqual([]);
  });

  it('keeps what is said while the line is gone for the next one', async () => {
    const { ear, uplink } = setTheStage();
    const first = fakeLine();
    const second = fakeLine({ firstNearMs: 1700 });
    ear.speech(500, 900);
    await pass(200);
    uplink.open(first.session);
    await pass(1200);
    uplink.close();
    await pass(100);
    ear.speech(2000, 3000);
    await pass(1000);
    uplink.open(second.session);
    await pass(100);
    expect(sounds(second.sent)[0]?.[0]).toBe(1700);
  });

  it('puts another microphone where the first was', async () => {
    const { uplink } = setTheStage();
    const { session } = fakeLine();
    await pass(500);
    uplink.open(session);
    await pass(100);
    const other = { id: 'other' } as MediaStreamTrack;
    uplink.setMicrophone(other);
    await pass(1);
    expect(session.setTrack).toHaveBeenLastCalledWith(other);
  });
});

describe('tap and hold', () => {
  async function talk(uplink: Uplink, ear: FakeEar, forMs: number, spoken = true) {
    const begun = uplink.begin();
    await pass(1);
    await begun;
    if (spoken) ear.speech(ms(ear.position), ms(ear.position) + forMs);
    await pass(forMs);
    const over = uplink.end(true);
    await pass(200);
    return over;
  }

  it('sends nothing between turns, and a turn from a little before the key to its release', async () => {
    const { ear, uplink } = setTheStage({ manual: true });
    const { session, sent } = fakeLine({ carriesTrack: false });
    uplink.open(session);
    await pass(1000);
    expect(sent).toEqual([]);
    expect(await talk(uplink, ear, 800)).toBe(true);
    expect(sounds(sent)).toEqual([[800, 1801]]);
    expect(rest(sent)).toEqual([{ what: 'commit' }, { what: 'answer' }]);
  });

  it('drops a turn in which nobody spoke', async () => {
    const { ear, uplink } = setTheStage({ manual: true });
    const { session, sent } = fakeLine();
    uplink.open(session);
    await pass(500);
    expect(await talk(uplink, ear, 800, false)).toBe(false);
    expect(rest(sent)).toEqual([{ what: 'clear' }]);
  });

  it('does not drop a voice that is too faint for the detection', async () => {
    const { uplink } = setTheStage({ manual: true });
    const { session, sent } = fakeLine({ carriesTrack: false });
    uplink.open(session);
    await pass(500);
    void uplink.begin();
    await pass(100);
    uplink.level(0.03);
    const over = uplink.end(true);
    await pass(200);
    expect(await over).toBe(true);
    expect(rest(sent).map(({ what }) => what)).toEqual(['commit', 'answer']);
  });

  it('asks for the first answer only when the provider has made a turn of appended sound', async () => {
    const { ear, uplink } = setTheStage({ manual: true });
    const { session, sent } = fakeLine();
    uplink.open(session);
    await talk(uplink, ear, 500);
    expect(rest(sent)).toEqual([{ what: 'commit' }]);
    uplink.heard('turn');
    expect(rest(sent)).toEqual([{ what: 'commit' }, { what: 'answer' }]);
    await talk(uplink, ear, 500);
    expect(rest(sent)).toHaveLength(4);
  });

  it('sends a turn in another way to a provider that heard nothing of it', async () => {
    const { ear, uplink, deaf } = setTheStage({ manual: true });
    const { session, sent } = fakeLine();
    uplink.open(session);
    await talk(uplink, ear, 400);
    uplink.heard('nothing');
    await pass(500);
    expect(rest(sent).map(({ what }) => what)).toEqual(['commit', 'item']);
    expect([...deaf]).toEqual(['p']);
    // From now on by the track, and only while the key is down.
    await talk(uplink, ear, 400);
    expect(rest(sent).slice(2)).toEqual([
      { what: 'track', track: 'raw' },
      { what: 'track', track: 'none' },
      { what: 'commit' },
      { what: 'answer' },
    ]);
  });

  it('sends what was said before the line was open, when it is', async () => {
    const { ear, uplink } = setTheStage({ manual: true });
    const { session, sent } = fakeLine({ carriesTrack: false });
    await pass(1000);
    expect(await talk(uplink, ear, 700)).toBe(true);
    await pass(2000);
    uplink.open(session);
    await pass(10);
    expect(sounds(sent)).toEqual([[800, 1701]]);
    expect(rest(sent)).toEqual([{ what: 'commit' }, { what: 'answer' }]);
  });

  it('goes on with a turn that is still open when the line opens', async () => {
    const { ear, uplink } = setTheStage({ manual: true });
    const { session, sent } = fakeLine({ carriesTrack: false });
    await pass(1000);
    void uplink.begin();
    ear.speech(1000, 3000);
    await pass(1000);
    uplink.open(session);
    await pass(500);
    const over = uplink.end(true);
    await pass(100);
    expect(await over).toBe(true);
    expect(sounds(sent)).toEqual([[800, 2500]]);
  });

  it('takes the track off when the mode changes, and puts it back', async () => {
    const { uplink } = setTheStage();
    const { session, sent } = fakeLine();
    await pass(500);
    uplink.open(session);
    await pass(100);
    uplink.setManual(true);
    await pass(10);
    uplink.setManual(false);
    await pass(500);
    expect(sent).toEqual([
      { what: 'track', track: 'raw' },
      { what: 'track', track: 'none' },
      { what: 'clear' },
      { what: 'track', track: 'raw' },
    ]);
  });
});
