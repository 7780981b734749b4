import type { TimesWords } from './times.ts';

export const words: TimesWords = {
  language: 'es',
  answer: (seconds) => `${seconds} s en responder`,
  roundTrip: (ms) => `${ms} ms`,
  lines: { webrtc: 'WebRTC', websocket: 'WebSocket', relay: 'Por el relay' },
  spoken: {
    answer: (seconds) => `Desde que terminas de hablar hasta el primer sonido de la respuesta: ${seconds} segundos.`,
    line: (kind) => `Conexión con el proveedor: ${kind}.`,
    roundTrip: (ms) => `Ida y vuelta hasta el proveedor: ${ms} milisegundos.`,
  },
};
