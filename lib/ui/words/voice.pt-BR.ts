import type { VoiceWords } from './voice.ts';

export const words: VoiceWords = {
  language: 'pt-BR',
  hear: 'Ouvir a voz',
  stop: 'Parar',
  help: 'O provedor diz uma frase curta. Custa menos de um centavo, e nada com o motor local. O microfone continua desligado.',
  playing: 'Escute…',
  inCall: 'Há uma chamada em andamento. Desligue e depois escute a voz.',
};
