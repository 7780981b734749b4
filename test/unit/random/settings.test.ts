import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSetting, type Settings } from '../../../lib/protocol/settings.ts';
import { migrateSettings } from '../../../lib/storage/migrations.ts';
import { defaultSettings } from '../../../lib/storage/settings.ts';
import { settingsAsFile, settingsFromFile } from '../../../lib/storage/settings-file.ts';
import { howMany, patience } from '../../support/how-many.ts';
import { damaged, damagedText, oddText, oddThing } from '../../support/odd-values.ts';

const own: Settings = {
  ...defaultSettings,
  relay: { url: 'https://relay.example/team', deviceToken: 'canary-token' },
  notes: 'I live in Lisbon.',
  neverRead: ['bank.example', 'xn--bcher-kva.example'],
  vadThreshold: 0.5,
  microphoneId: 'usb',
};
const good = [defaultSettings, own, { ...own, version: 0 }, { ...own, version: 7, later: true }];
const file = JSON.parse(settingsAsFile(own));
const fields = Object.keys(defaultSettings) as (keyof Settings)[];

function expectSettings(value: Settings): void {
  expect(Object.keys(value).toSorted()).toEqual(fields.toSorted());
  expect(fields.filter((field) => !isSetting(field, value[field]))).toEqual([]);
}

describe('stored settings', () => {
  it(
    'however damaged, are settings: what fits is kept, the rest is as at first',
    () => {
      fc.assert(
        fc.property(fc.oneof({ weight: 9, arbitrary: damaged(good) }, { weight: 1, arbitrary: oddThing }), (stored) => {
          const read = migrateSettings(stored, defaultSettings);
          expectSettings(read);
          const isRecord = typeof stored === 'object' && stored !== null && !Array.isArray(stored);
          for (const field of fields.filter((each) => each !== 'version')) {
            const value = isRecord ? (stored as Partial<Settings>)[field] : undefined;
            expect(read[field]).toBe(isRecord && isSetting(field, value) ? value : defaultSettings[field]);
          }
        }),
        howMany(2_000, 100_000),
      );
    },
    patience,
  );

  it('that are whole stay as they are, however often they are read', () => {
    for (const value of good) {
      const once = migrateSettings(value, defaultSettings);
      expect(migrateSettings(structuredClone(once), defaultSettings)).toEqual(once);
    }
    expect(migrateSettings(own, defaultSettings)).toEqual(own);
  });
});

describe('a file of settings', () => {
  it(
    'however damaged, is refused or gives settings, and never sends this browser’s token to another relay',
    () => {
      const texts = fc.oneof({ weight: 9, arbitrary: damagedText([file]) }, { weight: 1, arbitrary: oddText });
      fc.assert(
        fc.property(texts, (text) => {
          const read = settingsFromFile(text, own);
          if (!read.ok) return;
          expectSettings(read.next);
          const { relay, microphoneId } = read.next;
          expect(relay.deviceToken).toBe(relay.url === own.relay.url ? own.relay.deviceToken : '');
          expect(microphoneId).toBe(own.microphoneId);
          expect(read.otherRelay).toBe(relay.url !== own.relay.url);
          expect(read.changed.every((field) => fields.includes(field))).toBe(true);
        }),
        howMany(2_000, 100_000),
      );
    },
    patience,
  );
});
