import { describe, expect, it } from 'vitest';
import { hasDisplay, pageFile, questionFile, readOptions } from '../../start/options.ts';

describe('what a person types after npm start', () => {
  it('is nothing: a window on the page that comes along, or a call by itself where there is no display', () => {
    expect(readOptions([], true)).toMatchObject({ headless: false, page: pageFile });
    expect(readOptions([], false)).toMatchObject({ headless: true, page: pageFile, question: questionFile });
  });

  it('is a page: a file or an address', () => {
    expect(readOptions(['--page', pageFile], true).page).toBe(pageFile);
    expect(readOptions(['--page', 'https://example.org/a b'], true).page).toBe('https://example.org/a%20b');
  });

  it.each([
    ['a file that is not there', ['--headless', '--question', 'no.wav'], 'there is no file'],
    ['seconds that are none', ['--seconds', 'soon'], '--seconds takes a number'],
    ['an option that does not exist', ['--headles'], '--headles'],
    ['a report about a call without an end', ['--json'], 'add --headless'],
  ])('is refused with the reason: %s', (_name, args, reason) => {
    expect(() => readOptions(args, true)).toThrow(reason);
  });
});

describe('is there a display', () => {
  it('on Linux only when the environment names one, elsewhere always', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
  });
});
