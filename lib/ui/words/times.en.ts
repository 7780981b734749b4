import type { TimesWords } from './times.ts';

export const words: TimesWords = {
  language: 'en',
  answer: (seconds) => `${seconds} s to answer`,
  roundTrip: (ms) => `${ms} ms`,
  lines: { webrtc: 'WebRTC', websocket: 'WebSocket', relay: 'Through the relay' },
  spoken: {
    answer: (seconds) => `From the end of your words to the first sound of the answer: ${seconds} seconds.`,
    line: (kind) => `Line to the provider: ${kind}.`,
    roundTrip: (ms) => `To the provider and back: ${ms} milliseconds.`,
  },
};
