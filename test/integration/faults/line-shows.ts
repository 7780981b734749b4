import { expect } from 'vitest';
import { ask, event, settled, types, until } from './client.ts';
import type { Show, Shows, World } from './world.ts';

/** The call begins while the relay lets nothing of that kind by, and gets on when the fault is taken back. */
const stuck =
  (stage: 'ice' | 'dtls' | 'channel'): Show =>
  async ({ dial, faults }) => {
    const id = await faults.add('never-connects', { stage });
    let connected = false;
    const dialling = dial().then((client) => {
      connected = true;
      return client;
    });
    await until(async () => ((await faults.calls())[0]?.packets?.lost ?? 0) >= 3, 'packets to be lost');
    expect(connected).toBe(false);
    expect((await faults.log()).at(-1)).toMatchObject({ name: 'never-connects', what: stage });
    await faults.remove(id);
    await event(await dialling, 'session.created');
  };

const silence: Show = async ({ dial, faults, transport }: World) => {
  if (transport === 'webrtc') await faults.add('udp-relay');
  const client = await dial();
  await event(client, 'session.created');
  const began = performance.now();
  const id = await faults.add('vanish', { forMs: 1500 });
  await until(async () => (await faults.log()).some(({ fault }) => fault === id), 'it to vanish', client);
  await settled(client);
  expect(performance.now() - began).toBeGreaterThan(1490);
  expect(client.ended).toBe(null);
};

export const lineShows: Shows = {
  'close-channel': {
    'closes the events and leaves the sound': async ({ dial, faults }) => {
      const client = await dial();
      const peer = client.peer!;
      await faults.add('close-channel', { afterEvent: 'output_audio_buffer.started' });
      ask(client);
      await until(() => client.ended, 'the channel to close', client);
      const closedAt = performance.now();
      await until(() => peer.heard.some(({ at, level }) => at > closedAt && level > 0.01), 'sound after it', client);
      expect(peer.state).toBe('connected');
    },
  },
  'close-peer': {
    'says goodbye': async ({ dial, faults }) => {
      const client = await dial();
      await event(client, 'session.created');
      await faults.add('close-peer', { afterMs: 50 });
      await until(() => client.ended, 'the channel to close', client);
      await until(() => ['closed', 'disconnected', 'failed'].includes(client.peer!.state), 'the peer to close', client);
      expect(await faults.calls()).toEqual([]);
    },
  },
  'close-socket': {
    'closes with any code and reason': async ({ dial, faults }) => {
      for (const [code, reason] of [
        [1000, ''],
        [1001, 'Your session hit the maximum duration of 60 minutes.'],
        [1011, 'internal error'],
        [1013, 'try again later'],
        [4000, 'invalid_request_error.invalid_model'],
      ] as const) {
        const client = await dial();
        await faults.add('close-socket', { code, reason }, { times: 1 });
        await until(() => client.ended, `a close with ${code}`, client);
        expect(client.ended).toEqual({ code, reason });
      }
    },
    'closes after an event': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('close-socket', { afterEvent: 'response.created' });
      await settled(client);
      expect(client.ended).toBe(null);
      ask(client);
      await until(() => client.ended, 'the close', client);
      expect(client.ended?.code).toBe(1011);
    },
  },
  'reset-socket': {
    'breaks the connection without a CLOSE': async ({ dial, faults }) => {
      const client = await dial();
      await event(client, 'session.created');
      await faults.add('reset-socket');
      await until(() => client.ended, 'the end', client);
      expect(client.ended).toEqual({ code: 1006, reason: '' });
      expect(await faults.calls()).toEqual([]);
    },
  },
  vanish: {
    'is gone without a goodbye, and back when it was told to be': silence,
    'answers nothing any more, while another call goes on': async ({ dial, faults, transport }) => {
      if (transport === 'webrtc') await faults.add('udp-relay');
      const client = await dial();
      await settled(client);
      const [call] = await faults.calls();
      const id = await faults.add('vanish', {}, { calls: call!.id });
      await until(async () => (await faults.log()).some(({ fault }) => fault === id), 'it to vanish', client);
      const before = client.messages.length;
      ask(client);
      const other = await dial();
      ask(other);
      await event(other, 'response.done');
      await settled(other);
      expect(client.messages.slice(before)).toEqual([]);
      expect(client.ended).toBe(null);
      if (transport === 'webrtc') expect((await faults.calls())[0]?.packets?.lost).toBeGreaterThan(0);
      // It is back when the fault is, and goes on where it was.
      await faults.remove(id);
      await event(client, 'response.done', before);
    },
  },
  'never-connects': {
    'gets stuck at ICE': stuck('ice'),
    'gets stuck at DTLS': stuck('dtls'),
    'gets stuck before the channel': stuck('channel'),
  },
  'bad-network': {
    'loses all sound while the events still come': async ({ dial, faults }) => {
      await faults.add('bad-network', { loss: 1, direction: 'out' });
      const client = await dial();
      ask(client);
      await event(client, 'output_audio_buffer.stopped');
      expect(client.peer!.heard).toEqual([]);
    },
    'loses some of it': async ({ dial, faults }) => {
      await faults.add('bad-network', { loss: 0.3, direction: 'in' });
      const client = await dial();
      await client.speak();
      await event(client, 'input_audio_buffer.speech_started');
      const [call] = await faults.calls();
      expect(call?.packets?.lost).toBeGreaterThan(3);
      expect(call?.packets?.passed).toBeGreaterThan(call?.packets?.lost ?? 0);
    },
    'brings it late': async ({ dial, faults }) => {
      await faults.add('bad-network', { delayMs: 700, jitterMs: 50, direction: 'out' });
      const client = await dial();
      ask(client);
      await event(client, 'output_audio_buffer.started');
      const startedAt = performance.now();
      await until(() => client.peer!.heard.some(({ level }) => level > 0.01), 'sound', client);
      expect(performance.now() - startedAt).toBeGreaterThan(500);
    },
  },
  'round-trip': {
    'takes its time there and back, from the first packet or event on': async ({ dial, faults, transport }) => {
      await faults.add('round-trip', { ms: 120 });
      const client = await dial();
      await event(client, 'session.created');
      // ICE, DTLS and SCTP cannot do with fewer.
      if (transport === 'webrtc') expect(client.peer!.connectMs).toBeGreaterThan(3 * 115);
      const asked = performance.now();
      await settled(client);
      expect(performance.now() - asked).toBeGreaterThan(115);
      const [call] = await faults.calls();
      expect((await faults.log()).at(-1)).toMatchObject({ name: 'round-trip', to: call!.id });
    },
    'loses nothing and changes no order': async ({ dial, faults }) => {
      await faults.add('round-trip', { ms: 15 });
      const client = await dial();
      ask(client);
      await event(client, 'response.done');
      const { event_id: first } = await event(client, 'session.created');
      const numbers = client.events.map(({ event_id: id }) => id);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(numbers[0]).toBe(first);
      expect(types(client).indexOf('response.created')).toBeLessThan(
        types(client).indexOf('response.output_item.added'),
      );
    },
  },
  'udp-relay': {
    'passes everything on until a fault is added in the middle of the call': async ({ dial, faults }) => {
      await faults.add('udp-relay', {}, { calls: 'next' });
      const client = await dial();
      ask(client);
      await event(client, 'output_audio_buffer.stopped');
      const [call] = await faults.calls();
      expect(call?.packets).toMatchObject({ lost: 0 });
      expect(call?.packets?.passed).toBeGreaterThan(50);
      await faults.add('bad-network', { loss: 1 }, { calls: call!.id });
      await until(async () => ((await faults.calls())[0]?.packets?.lost ?? 0) > 10, 'loss', client);
    },
    'is needed for what acts on packets': async ({ dial, faults }) => {
      await dial();
      const [call] = await faults.calls();
      await expect(faults.add('vanish', {}, { calls: call!.id })).rejects.toThrow(/Set 'udp-relay' before a call/);
    },
  },
};
