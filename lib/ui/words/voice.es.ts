import type { VoiceWords } from './voice.ts';

export const words: VoiceWords = {
  language: 'es',
  hear: 'Escuchar la voz',
  stop: 'Parar',
  help: 'El proveedor dice una frase corta. Cuesta menos de un centavo, y nada con el motor local. El micrófono sigue apagado.',
  playing: 'Escucha…',
  inCall: 'Hay una llamada en curso. Cuelga y después escucha la voz.',
};
