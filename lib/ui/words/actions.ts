/** The one next step of each fault, the same in every language; its sentence and its button's label are in the words. */
import type { FaultCode } from '../../protocol/faults.ts';

export type FaultAction =
  | 'agree'
  | 'allow-microphone'
  | 'connect-relay'
  | 'open-options'
  | 'try-again'
  | 'go-on'
  | 'new-call';

export const faultActions: Record<FaultCode, FaultAction> = {
  'consent-needed': 'agree',
  'microphone-needed': 'allow-microphone',
  'microphone-denied': 'allow-microphone',
  'microphone-dismissed': 'allow-microphone',
  'microphone-missing': 'try-again',
  'microphone-busy': 'try-again',
  'relay-unset': 'connect-relay',
  'relay-unreachable': 'open-options',
  'relay-timeout': 'try-again',
  'relay-not-a-relay': 'open-options',
  'relay-refused': 'open-options',
  'relay-origin': 'try-again',
  'relay-limit': 'try-again',
  'relay-cap': 'try-again',
  'relay-moderated': 'new-call',
  'relay-rejected': 'open-options',
  'provider-refused': 'try-again',
  'provider-quota': 'try-again',
  'provider-busy': 'try-again',
  'provider-unreachable': 'try-again',
  'provider-error': 'try-again',
  'connection-failed': 'try-again',
  'connection-lost': 'try-again',
  'session-expired': 'try-again',
  'past-call-unread': 'new-call',
  'host-stopped': 'go-on',
  internal: 'try-again',
};
