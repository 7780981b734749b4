import { expect, it } from 'vitest';
import { faultOfClose } from '../../../lib/transport/close-fault.ts';

it.each([
  [3000, 'invalid_request_error.invalid_api_key', 'provider-refused'],
  [3000, '', 'provider-refused'],
  [1008, 'policy', 'provider-refused'],
  [4001, '', 'provider-refused'],
  [4000, 'invalid_request_error.invalid_model', 'provider-error'],
  [4000, 'rate_limit_error.rate_limited', 'relay-limit'],
  [4000, 'rate_limit_error.limit_reached', 'relay-cap'],
  [4000, 'invalid_request_error.moderated', 'relay-moderated'],
  [1011, 'server_error.upstream_unreachable', 'provider-unreachable'],
  [1011, 'server_error.upstream_error', 'connection-lost'],
  [1001, 'Your session hit the maximum duration of 60 minutes.', 'session-expired'],
  [1001, 'The relay stops.', 'connection-lost'],
  [1009, 'too big', 'connection-lost'],
  [1013, 'try again later', 'connection-lost'],
  [1006, '', 'connection-lost'],
  [1000, 'x.constructor', 'connection-lost'],
])('a socket that closes with %d %s means %s', (code, reason, fault) => {
  expect(faultOfClose(code, reason).code).toBe(fault);
});
