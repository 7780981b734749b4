/** The figures behind the patience slider, as the options show and read them. Pure. */
import { isSetting, type Eagerness, type Settings } from '../../protocol/settings.ts';
import { figuresOf, type Figures } from '../../protocol/turn-taking.ts';

/** The provider's figures that are numbers, and what it takes. */
export const figureRanges = { vadThreshold: [0, 1], vadSilenceMs: [0, 10_000], vadPrefixMs: [0, 5000] } as const;
export type FigureField = keyof typeof figureRanges;

/** What is in force: the person's own figures, and for the rest what the patience says. */
export function figuresInForce(settings: Settings): Figures {
  return figuresOf({
    patience: settings.patience,
    noisyRoom: settings.noisyRoom,
    threshold: settings.vadThreshold,
    silenceMs: settings.vadSilenceMs,
    prefixMs: settings.vadPrefixMs,
    eagerness: settings.vadEagerness,
  });
}

/** What would be in force without figures of the person's own. */
export function figuresOfPatience({ patience, noisyRoom }: Pick<Settings, 'patience' | 'noisyRoom'>): Figures {
  return figuresOf({ patience, noisyRoom, threshold: null, silenceMs: null, prefixMs: null, eagerness: null });
}

export function figureOf(figures: Figures, field: FigureField): number {
  const { threshold, silenceMs, prefixMs } = figures;
  return { vadThreshold: threshold, vadSilenceMs: silenceMs, vadPrefixMs: prefixMs }[field];
}

/** Nothing typed is null: as the patience says. Undefined: no number that the provider takes. */
export function readFigure(field: FigureField, text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = /^[\d.,]+$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
  return isSetting(field, value) ? value : undefined;
}

/** Seconds that the provider waits at most for the rest of a sentence (realtime-protocol 2.4). */
const longestWaitS: Record<Eagerness, number> = { high: 2, medium: 4, auto: 4, low: 8 };

/** Seconds until an answer, as the chosen end of a turn counts them. */
export function waitSeconds(settings: Settings): number {
  const { silenceMs, eagerness } = figuresInForce(settings);
  return settings.turnEnd === 'meaning' ? longestWaitS[eagerness] : silenceMs / 1000;
}
