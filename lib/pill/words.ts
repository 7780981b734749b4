/**
 * The state in a word or two, and the controls, in three languages: those of `lib/ui/words`, of which each language is ten times the pill.
 * A test holds them together.
 */
import type { TalkMode } from '../protocol/settings.ts';
import type { TalkState } from '../ui/view/talk.ts';

/** The states a pill can be in: it is there only during a call, and with a microphone. */
type PillState = Exclude<TalkState, 'idle' | 'typed' | 'held' | 'resting' | 'ended' | 'fault'>;

export interface PillWords {
  language: string;
  states: Record<PillState, string>;
  talk: Record<'tap' | 'hold', { resting: string; held: string }>;
  controls: Record<'mute' | 'unmute' | 'stopAnswer' | 'hangUp', string>;
  you: string;
  /** Of the grip. */
  move: string;
  /** Parley does not answer. */
  silent: string;
}

const en: PillWords = {
  language: 'en',
  states: {
    asking: 'Microphone?',
    connecting: 'Connecting…',
    waiting: 'No microphone yet…',
    listening: 'Listening',
    hearing: 'I hear you',
    thinking: 'Thinking…',
    writing: 'Writing…',
    reading: 'Reading the page…',
    speaking: 'Speaking',
    interrupting: 'Go ahead',
    muted: 'Muted',
    reconnecting: 'Reconnecting…',
  },
  talk: {
    tap: { resting: 'Press to talk', held: 'Speak… press to send' },
    hold: { resting: 'Hold to talk', held: 'Speak… release to send' },
  },
  controls: { mute: 'Mute', unmute: 'Unmute', stopAnswer: 'Stop answer', hangUp: 'Hang up' },
  you: 'You',
  move: 'Move: drag it, or use the arrow keys',
  silent: 'No answer',
};

const es: PillWords = {
  language: 'es',
  states: {
    asking: '¿Micrófono?',
    connecting: 'Conectando…',
    waiting: 'Aún sin micrófono…',
    listening: 'Te escucho',
    hearing: 'Te estoy oyendo',
    thinking: 'Pensando…',
    writing: 'Escribiendo…',
    reading: 'Leyendo la página…',
    speaking: 'Hablando',
    interrupting: 'Dime',
    muted: 'En silencio',
    reconnecting: 'Reconectando…',
  },
  talk: {
    tap: { resting: 'Pulsa para hablar', held: 'Habla… pulsa para enviar' },
    hold: { resting: 'Mantén pulsado para hablar', held: 'Suelta para enviar' },
  },
  controls: { mute: 'Silenciar', unmute: 'Activar', stopAnswer: 'Parar respuesta', hangUp: 'Colgar' },
  you: 'Tú',
  move: 'Mover: arrástrala o usa las flechas',
  silent: 'Sin respuesta',
};

const pt: PillWords = {
  language: 'pt-BR',
  states: {
    asking: 'Microfone?',
    connecting: 'Conectando…',
    waiting: 'Ainda sem microfone…',
    listening: 'Pode falar',
    hearing: 'Estou ouvindo você',
    thinking: 'Pensando…',
    writing: 'Escrevendo…',
    reading: 'Lendo a página…',
    speaking: 'Falando',
    interrupting: 'Diga',
    muted: 'Microfone mudo',
    reconnecting: 'Reconectando…',
  },
  talk: {
    tap: { resting: 'Aperte para falar', held: 'Fale… aperte para enviar' },
    hold: { resting: 'Segure para falar', held: 'Fale… solte para enviar' },
  },
  controls: { mute: 'Silenciar', unmute: 'Reativar', stopAnswer: 'Parar resposta', hangUp: 'Desligar' },
  you: 'Você',
  move: 'Mover: arraste ou use as setas',
  silent: 'Sem resposta',
};

/** `language` is BCP 47; one we do not speak reads English. */
export function pillWords(language: string): PillWords {
  const [base] = language.toLowerCase().split('-');
  return base === 'es' ? es : base === 'pt' ? pt : en;
}

export function wordOf(state: TalkState, mode: TalkMode, { states, talk }: PillWords): string {
  if (state === 'held' || state === 'resting') return talk[mode === 'hold' ? 'hold' : 'tap'][state];
  return states[state as PillState] ?? '';
}
