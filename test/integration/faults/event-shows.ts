import { expect } from 'vitest';
import { garbleForms, type GarbleForm } from '../../../relay/local/faults/garble-event.ts';
import { ask, event, settled, types, until } from './client.ts';
import type { Show, Shows } from './world.ts';

const UPDATE = { type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } };

/** What arrives instead of `session.updated`, as text. */
const looks: Record<GarbleForm, (text: string) => void> = {
  'invalid-json': (text) => expect(() => JSON.parse(text)).toThrow(),
  truncated: (text) => expect(() => JSON.parse(text)).toThrow(),
  empty: (text) => expect(text).toBe(''),
  binary: (text) => expect(text).toContain('�'),
  scalar: (text) => expect(JSON.parse(text)).toBe(42),
  array: (text) => expect(JSON.parse(text)[0].type).toBe('session.updated'),
  'no-type': (text) => expect(JSON.parse(text)).not.toHaveProperty('type'),
  'wrong-shapes': (text) => expect(JSON.parse(text)).toMatchObject({ type: 'session.updated', session: 17 }),
  'missing-fields': (text) => expect(JSON.parse(text)).toEqual({ type: 'session.updated' }),
  deep: (text) => expect(text).toContain('[[[[[[[[[['),
  prototype: (text) => expect(text).toContain('"__proto__":{"polluted":true}'),
};

const garble: Show = async ({ dial, faults }) => {
  const client = await dial();
  await event(client, 'session.created');
  for (const form of garbleForms) {
    const before = client.messages.length;
    await faults.add('garble-events', { types: ['session.updated'], as: form }, { times: 1 });
    client.send(UPDATE);
    await until(() => client.messages.length > before, `session.updated as ${form}`, client);
    looks[form](String(client.messages[before]));
  }
  client.send(UPDATE);
  await event(client, 'session.updated', client.events.length);
};

export const eventShows: Shows = {
  'drop-events': {
    'loses the chosen events and no others': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('drop-events', { types: ['response.output_audio_transcript.*'] });
      ask(client);
      await event(client, 'response.done');
      expect(types(client)).toContain('response.content_part.done');
      expect(types(client).join()).not.toContain('transcript');
    },
    'loses as many as it is told to': async ({ dial, faults }) => {
      const client = await dial();
      await event(client, 'session.created');
      await faults.add('drop-events', { types: ['session.updated'], skip: 1 }, { times: 2 });
      for (let sent = 0; sent < 5; sent += 1) client.send(UPDATE);
      await settled(client);
      expect(types(client).filter((type) => type === 'session.updated')).toHaveLength(3);
    },
  },

  'delay-events': {
    'brings the chosen events after later ones': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('delay-events', { types: ['session.updated'], ms: 400 });
      const sentAt = performance.now();
      client.send(UPDATE);
      await settled(client);
      expect(types(client)).not.toContain('session.updated');
      await event(client, 'session.updated');
      expect(performance.now() - sentAt).toBeGreaterThan(390);
    },
  },

  'duplicate-events': {
    'brings them again with the same id': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('duplicate-events', { types: ['session.updated'], copies: 2 });
      client.send(UPDATE);
      await settled(client);
      const updates = client.events.filter(({ type }) => type === 'session.updated');
      expect(updates).toHaveLength(3);
      expect(new Set(updates.map(({ event_id: id }) => id)).size).toBe(1);
    },
  },

  'reorder-events': {
    'brings them in another order': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add(
        'reorder-events',
        { types: ['conversation.item.added', 'conversation.item.done'] },
        { times: 2 },
      );
      const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello.' }] };
      client.send({ type: 'conversation.item.create', item });
      await settled(client);
      expect(types(client).filter((type) => type.includes('item'))).toEqual([
        'conversation.item.done',
        'conversation.item.added',
      ]);
    },
    'lets go of a rest that waits for more': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('reorder-events', { types: ['session.updated'], window: 5, holdMs: 50 });
      client.send(UPDATE);
      await event(client, 'session.updated');
    },
  },

  'garble-events': { 'damages them in each way, and the line goes on': garble },

  'send-events': {
    'invents an event of a type nobody knows': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('send-events');
      expect(await event(client, 'session.future_feature')).toMatchObject({ detail: { since: 2030 } });
    },
    'sends what it is given, after an event that it waits for': async ({ dial, faults }) => {
      const client = await dial();
      const invented = { type: 'error', error: { type: 'server_error', code: null, message: 'Oh.', event_id: null } };
      await faults.add('send-events', { events: [invented, 'no json'], afterEvent: 'session.upd*' });
      await settled(client);
      expect(client.messages).not.toContain('no json');
      client.send(UPDATE);
      await until(() => client.messages.includes('no json'), 'the text', client);
      expect(client.events.at(-1)).toMatchObject(invented);
    },
  },

  'flood-events': {
    'sends thousands at once': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('flood-events', { count: 5000, bytes: 200 });
      await until(() => types(client).filter((type) => type === 'session.flood').length === 5000, 'the flood', client);
      await settled(client);
    },
    'sends megabytes': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('flood-events', { count: 100, bytes: 60_000 });
      await until(() => client.events.some(({ index }) => index === 99), 'the last one', client);
      expect(client.messages.reduce((sum, message) => sum + message.length, 0)).toBeGreaterThan(6_000_000);
    },
  },

  'swallow-client-events': {
    'leaves them without effect and answer': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('swallow-client-events', { types: ['session.update'] }, { times: 1 });
      client.send(UPDATE);
      await settled(client);
      expect(types(client)).not.toContain('session.updated');
      client.send(UPDATE);
      await event(client, 'session.updated');
    },
  },
};
