import type { TimesWords } from './times.ts';

export const words: TimesWords = {
  language: 'pt-BR',
  answer: (seconds) => `${seconds} s para responder`,
  roundTrip: (ms) => `${ms} ms`,
  lines: { webrtc: 'WebRTC', websocket: 'WebSocket', relay: 'Pelo relay' },
  spoken: {
    answer: (seconds) => `Do fim da sua fala ao primeiro som da resposta: ${seconds} segundos.`,
    line: (kind) => `Conexão com o provedor: ${kind}.`,
    roundTrip: (ms) => `Ida e volta até o provedor: ${ms} milissegundos.`,
  },
};
