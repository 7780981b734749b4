/** Which pictures are kept: every state of every face in both themes, and of each face some states in three sizes. */
import type { Look } from '../exhibition.ts';
import type { Exhibit, Face } from '../exhibition/exhibit.ts';

export interface View {
  /** Of the file, without its ending. */
  name: string;
  look: Look;
}

type Size = Required<Pick<Look, 'width' | 'height' | 'zoom'>> & { name: string };

const size = (name: string, width: number, height = 600, zoom = 1): Size => ({ name, width, height, zoom });

/** The first is the usual one. A popup is always as wide as it wants to be. */
const sizes: Record<Face, [Size, Size, Size]> = {
  popup: [size('360', 360), size('150-percent', 360, 400, 1.5), size('200-percent', 360, 300, 2)],
  sidepanel: [size('360', 360), size('320', 320), size('640', 640)],
  options: [size('640', 640), size('320', 320), size('1280', 1280)],
  welcome: [size('640', 640), size('320', 320), size('1280', 1280)],
  microphone: [size('640', 640), size('320', 320), size('1280', 1280)],
  pill: [size('640', 640, 200), size('320', 320, 200), size('200-percent', 320, 100, 2)],
};

/** What changes most with the room it has. */
const inAllSizes: Record<Face, string[]> = {
  popup: ['speaking', 'microphone-silent', 'fault-relay-cap'],
  sidepanel: ['tools', 'long-talk', 'empty'],
  options: ['filled'],
  welcome: ['relay', 'talk-answered'],
  microphone: ['denied'],
  pill: ['held'],
};

/** The first is the usual one. */
export function viewsOf({ face, name }: Exhibit): [View, ...View[]] {
  const seen = inAllSizes[face].includes(name) ? sizes[face] : sizes[face].slice(0, 1);
  const views = seen.flatMap((each) =>
    (['light', 'dark'] as const).map((theme): View => ({
      name: [face, name, ...(each === sizes[face][0] ? [] : [each.name]), theme].join('-'),
      look: { width: each.width, height: each.height, zoom: each.zoom, theme },
    })),
  );
  return views as [View, ...View[]];
}

/** Spanish is the longest language there is; `pseudo` is longer than any that may come. */
export const longTongues = ['es', 'pseudo'] as const;
export type LongTongue = (typeof longTongues)[number];

const inLongTongues = new Set([
  'popup-microphone-silent',
  'sidepanel-tools',
  'options-relay-tested',
  'welcome-relay',
  'microphone-denied',
]);

export function isShownInLongTongues({ face, name }: Exhibit): boolean {
  return inLongTongues.has(`${face}-${name}`);
}

/** As narrow as it gets. */
export function longViewOf({ face, name }: Exhibit, tongue: LongTongue): View {
  const { width, height, zoom } = sizes[face][face === 'popup' ? 0 : 1];
  const language = tongue === 'pseudo' ? 'en' : tongue;
  return { name: `${face}-${name}-${tongue}`, look: { width, height, zoom, language } };
}
