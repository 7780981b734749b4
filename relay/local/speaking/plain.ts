/** What has no ASCII form but a way to be said. */
const SAID: [RegExp, string][] = [
  [/[‘’‚′]/gu, "'"],
  [/[“”„″«»]/gu, '"'],
  [/[–—―−]/gu, ', '],
  [/…/gu, '...'],
  [/€\s?(\d[\d.,]*\d|\d)/gu, '$1 euros'],
  [/£\s?(\d[\d.,]*\d|\d)/gu, '$1 pounds'],
  [/€/gu, ' euros '],
  [/£/gu, ' pounds '],
  [/°/gu, ' degrees '],
  [/ß/gu, 'ss'],
  [/[æÆ]/gu, 'ae'],
  [/[øØ]/gu, 'o'],
  [/×/gu, ' times '],
];

/** Flite reads ASCII and would spell out the bytes of anything else. */
export function plainEnglish(text: string): string {
  let plain = text;
  for (const [pattern, said] of SAID) plain = plain.replaceAll(pattern, said);
  return plain
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]/g, ' ')
    .replaceAll(/[<>{}[\]|\\^`~_#*]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
