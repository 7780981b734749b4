import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { words as en } from '../../../../lib/ui/words/welcome.en.ts';
import { words as es } from '../../../../lib/ui/words/welcome.es.ts';
import { words as pt } from '../../../../lib/ui/words/welcome.pt-BR.ts';

/** Every text with its path; functions are called with stand-ins for what they are given. */
function texts(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value('«a»', '«b»'))]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

describe.each([en, pt, es].map((words) => [words.language, words] as const))('the welcome in %s', (_, words) => {
  it('leaves nothing empty, never shouts, and uses what it is given', () => {
    for (const [path, text] of texts(words)) {
      expect(text, path).toMatch(/^\S(.*\S)?$/s);
      expect(text, path).not.toMatch(/oops|ups!|opa!|!|undefined/i);
    }
    expect(words.relay.replaces('relay.example')).toContain('relay.example');
    expect(words.talk.say('Why?')).toContain('Why?');
    expect(words.talk.write('Why?')).toContain('Why?');
  });

  it('says of a problem what happened, then what to do', () => {
    for (const [code, text] of Object.entries(words.relay.problems)) expect(text, code).toMatch(/^\p{Lu}.*\. .*\.$/u);
  });

  it('tells before the yes what is recorded, read, sent and kept, and about relay and provider', () => {
    const told = words.consent.points.map(({ text }) => text).join(' ');
    expect(words.consent.points).toHaveLength(4);
    expect(told).toMatch(/relay/);
    expect(told).toMatch(/provider|provedor|proveedor/);
  });
});

describe('another language', () => {
  it('has its own sentences, not the English ones', () => {
    const english = new Map(texts(en));
    const same = new Set(['.relay.tryCommands.0.command', '.relay.tryCommands.1.command']);
    for (const words of [pt, es]) {
      for (const [path, text] of texts(words)) if (!same.has(path)) expect(text, path).not.toBe(english.get(path));
    }
  });
});

describe('the welcome page', () => {
  it('carries no zod, and asks no other part of the extension than by intents', () => {
    const folder = new URL('../../../../lib/ui/welcome/', import.meta.url);
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    for (const source of sources) expect(source).not.toMatch(/from 'zod|coordinator\/|host\//);
  });
});
