import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../../../lib/call/snapshot-of.ts';
import { transition } from '../../../lib/call/machine.ts';
import { newsOf } from '../../../lib/session/events-to-news.ts';
import { parseServerEvent } from '../../../lib/protocol/realtime.ts';
import { onTheLine } from './on-the-line.ts';
import { news, play, spokenCallUp, type Happening } from '../call/play.ts';

/** What a call may be doing when an error comes. */
const states: [string, Happening[]][] = [
  ['nobody speaks', []],
  ['the person speaks', [news({ type: 'person-started', itemId: 'p' })]],
  ['an answer is awaited', [news({ type: 'person-stopped', itemId: 'p' })]],
  ['an answer is made', [news({ type: 'response-started', responseId: 'r' })]],
  [
    'an answer sounds',
    [news({ type: 'response-started', responseId: 'r' }), news({ type: 'voice-started', responseId: 'r' })],
  ],
  ['a page is read', [news({ type: 'tool-call', itemId: 'f', callId: 'k', name: 'read_page', argumentsText: '{}' })]],
];
/** realtime-protocol: error events. */
const harmless = [
  'response_cancel_not_active',
  'input_audio_buffer_commit_empty',
  'item_truncate_invalid_item_id',
  'conversation_already_has_active_response',
];
const told = [
  'rate_limit_exceeded',
  'server_error',
  'invalid_value',
  'unknown_parameter',
  'missing_required_parameter',
  '',
];
const ends: [string, string][] = [
  ['invalid_api_key', 'provider-refused'],
  ['invalid_model', 'provider-refused'],
  ['missing_model', 'provider-refused'],
  ['insufficient_quota', 'provider-quota'],
  ['limit_reached', 'relay-cap'],
];

/** The call after the provider has said that something is wrong. */
function after(happened: Happening[], event: object) {
  const { session, news: heard } = onTheLine();
  session.receive(JSON.stringify(event));
  session.close();
  let { state } = play(happened, spokenCallUp());
  for (const each of heard) {
    ({ state } = transition(state, { type: 'news', attempt: state.attempt, news: each, at: 90_000 }));
  }
  return snapshotOf(state, 'boot', 1);
}
const error = (code: string) => ({ type: 'error', error: { type: 'x', code, message: 'because', param: null } });

describe.each(states)('while %s', (_, happened) => {
  it.each(harmless)('%s is not even told', (code) => {
    expect(after(happened, error(code))).toMatchObject({ phase: 'live', fault: null });
  });

  it.each(told)('%j is told, and the call goes on', (code) => {
    expect(after(happened, error(code))).toMatchObject({
      phase: 'live',
      fault: { code: code.includes('rate_limit') ? 'provider-busy' : 'provider-error' },
    });
  });

  it.each(ends)('%s ends the call for a reason that nobody can mend in it', (code, fault) => {
    expect(after(happened, error(code))).toMatchObject({ phase: 'failed', fault: { code: fault } });
  });

  it('session_expired is followed by another session', () => {
    expect(after(happened, error('session_expired'))).toMatchObject({ phase: 'reconnecting', fault: null });
  });

  it.each([
    ['failed', { error: { code: 'server_error' } }, 'provider-error'],
    ['failed', { error: { code: 'rate_limit_exceeded' } }, 'provider-busy'],
    ['failed', { error: { code: 'insufficient_quota' } }, 'provider-quota'],
    ['incomplete', { reason: 'max_output_tokens' }, null],
    ['incomplete', { reason: 'content_filter' }, null],
    ['cancelled', { reason: 'turn_detected' }, null],
    ['cancelled', { reason: 'client_cancelled' }, null],
  ])('a response that is %s for %j leaves the call up', (status, details, fault) => {
    const done = { type: 'response.done', response: { id: 'r', status, status_details: details, usage: null } };
    const snapshot = after(happened, done);
    expect([snapshot.phase, snapshot.fault?.code ?? null]).toEqual(['live', fault]);
  });
});

it('the limits that a provider tells of are nobody’s news', () => {
  const text = JSON.stringify({
    type: 'rate_limits.updated',
    rate_limits: [{ name: 'tokens', limit: 1, remaining: 0 }],
  });
  expect(parseServerEvent(text)).toEqual({ kind: 'other', type: 'rate_limits.updated' });
});

it('every error that the provider names is looked at, and none becomes news by itself', () => {
  const parsed = parseServerEvent(JSON.stringify(error('server_error')));
  expect(parsed.kind === 'event' && newsOf(parsed.event)).toEqual([]);
});
