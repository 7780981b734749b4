/** The microphone page's steps, and what a refusal by the browser means. Pure. */
import type { MicrophoneAnswer } from '../../protocol/snapshot.ts';

export type MicrophoneStep =
  | 'explain'
  | 'asking'
  | 'testing'
  | 'heard'
  | 'quiet' // granted, but nothing was heard
  | 'denied'
  | 'dismissed'
  | 'missing'
  | 'busy';

/**
 * What a rejected `getUserMedia` means. A closed prompt and a block are both `NotAllowedError`; only the permission's
 * state tells them apart (its message is not specified). `granted` with a refusal is the operating system saying no.
 */
export function refusal(errorName: string, state: PermissionState): Exclude<MicrophoneAnswer, 'granted'> {
  switch (errorName) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotAllowedError':
    case 'SecurityError':
      return state === 'prompt' ? 'dismissed' : 'denied';
    default:
      // NotReadableError, AbortError: the device is there, but the system will not open it.
      return 'busy';
  }
}
