/** Holds what the provider has said against our own ear: the word that somebody is quiet again may have been lost. Pure. */

/** Reports of the ear, 20 a second: longer than any pause in speech. */
const mostOfPerson = 15 * 20;
const mostOfVoice = 5 * 20;
/** RMS. A voice that pauses is not silent to the last bit. */
const noVoice = 0.0005;

export interface Claims {
  /** The provider hears the person. */
  person: boolean;
  /** It speaks, and is heard. */
  voice: boolean;
}

export class SilenceWatch {
  #ofPerson = 0;
  #ofVoice = 0;

  /** With every report. `hearing`: our ear hears speech; `voice`: RMS of what comes out. Who is long quiet, if anybody. */
  after(claims: Claims, hearing: boolean, voice: number): 'person' | 'voice' | null {
    this.#ofPerson = claims.person && !hearing ? this.#ofPerson + 1 : 0;
    this.#ofVoice = claims.voice && voice < noVoice ? this.#ofVoice + 1 : 0;
    return this.#ofPerson >= mostOfPerson ? 'person' : this.#ofVoice >= mostOfVoice ? 'voice' : null;
  }
}
