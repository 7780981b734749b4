import type { VoiceWords } from './voice.ts';

export const words: VoiceWords = {
  language: 'en',
  hear: 'Hear the voice',
  stop: 'Stop',
  help: 'The provider says one short sentence. It costs less than a cent, and nothing with the local engine. The microphone stays off.',
  playing: 'Listen…',
  inCall: 'A call is running. Hang up, then listen to the voice.',
};
