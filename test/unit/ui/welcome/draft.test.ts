import { describe, expect, it } from 'vitest';
import { checkForCode, checkForToken, draftOf } from '../../../../lib/ui/welcome/draft.ts';

const relay = { url: 'https://mine.example', deviceToken: 'secret' };

describe('the fields', () => {
  it('begin with what is connected now', () => {
    expect(draftOf(null, relay)).toEqual({ address: 'https://mine.example', token: 'secret', code: '' });
    expect(draftOf('damaged', relay)).toEqual(draftOf(null, relay));
  });

  it('never let the token of one relay stand beside the address of another, which came by a link', () => {
    const link = { relayUrl: 'https://evil.example', code: 'AB12CD34' };
    expect(draftOf(link, relay)).toEqual({ address: 'https://evil.example', token: '', code: 'AB12CD34' });
  });
});

const typed = { address: ' https://relay.example/ ', token: ' token\n', code: 'ab12-cd34' };

describe('address and token', () => {
  it('are handed on as they are kept', () => {
    expect(checkForToken(typed)).toEqual({ relay: { url: 'https://relay.example', deviceToken: 'token' } });
  });

  it('name everything that is wrong at once', () => {
    expect(checkForToken({ ...typed, address: 'relay', token: '' })).toEqual({
      wrong: { address: 'not-an-address', secret: 'token-empty' },
    });
    expect(checkForToken({ ...typed, token: 'two words' })).toEqual({
      wrong: { address: null, secret: 'token-spaces' },
    });
    expect(checkForToken({ ...typed, address: 'http://relay.example' })).toEqual({
      wrong: { address: 'not-https', secret: null },
    });
  });
});

describe('address and code', () => {
  it('are handed on as the relay takes them', () => {
    expect(checkForCode(typed)).toEqual({ link: { relayUrl: 'https://relay.example', code: 'ab12-cd34' } });
  });

  it('name what is wrong; a token is not asked for', () => {
    expect(checkForCode({ address: '', token: '', code: '' })).toEqual({
      wrong: { address: 'empty', secret: 'code-shape' },
    });
  });

  it('know a link that lost a part, in whichever field it stands', () => {
    const wrong = { wrong: { address: null, secret: 'damaged-link' } };
    const damaged = 'chrome-extension://x/welcome.html#relay=https%3A%2F%2Frelay.example&code=';
    expect(checkForCode({ ...typed, address: damaged })).toEqual(wrong);
    expect(checkForCode({ ...typed, code: damaged })).toEqual(wrong);
    expect(checkForToken({ ...typed, address: damaged })).toEqual(wrong);
  });
});
