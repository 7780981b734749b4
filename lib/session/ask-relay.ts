/** All that a call asks its relay for. */
import { untilReachable } from './reachable.ts';
import { requestAllowed } from './relay-call.ts';
import { requestGrant } from './relay-client.ts';

export const askRelay = { untilReachable, requestGrant, requestAllowed };
