/** What the peer must know of an offer before it can answer it. */

export class InvalidOffer extends Error {}

export type OfferDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface Offer {
  audioMid: string;
  /** The payload type the browser gave Opus; the answer must use the same one. */
  opusPayloadType: number;
  direction: OfferDirection;
}

const DIRECTIONS: readonly OfferDirection[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/**
 * Reads an SDP offer: one audio section with Opus and one data-channel section. A transceiver without a track gives the
 * same section without `a=ssrc`/`a=msid` lines, which nothing here looks for.
 * Throws {@link InvalidOffer} with a sentence that says what is missing.
 */
export function readOffer(sdp: string): Offer {
  if (!sdp.startsWith('v=0')) throw new InvalidOffer('it does not begin with v=0');
  const sections = sdp.split(/\r?\n(?=m=)/).slice(1);
  if (!sections.some((section) => section.startsWith('m=application '))) throw new InvalidOffer('no data channel');
  const audio = sections.find((section) => section.startsWith('m=audio '));
  if (!audio) throw new InvalidOffer('no audio section');
  const mid = /^a=mid:(\S{1,64})\s*$/m.exec(audio)?.[1];
  const opus = /^a=rtpmap:(\d{1,3}) opus\/48000\/2\s*$/im.exec(audio)?.[1];
  if (!mid) throw new InvalidOffer('the audio section has no mid');
  if (!opus || Number(opus) > 127) throw new InvalidOffer('the audio section does not offer Opus');
  const direction = DIRECTIONS.find((each) => new RegExp(`^a=${each}\\s*$`, 'm').test(audio)) ?? 'sendrecv';
  return { audioMid: mid, opusPayloadType: Number(opus), direction };
}
