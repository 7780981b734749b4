/** Which server moderates, from the relay's settings, and what else they must say so that it sees every call. */

/** `MODERATION` is unset, `1` or an address. */
interface Settings {
  MODERATION?: string | undefined;
  MODERATION_KEY?: string | undefined;
  OPENAI_API_KEY?: string | undefined;
}

const ofOpenAi = 'https://api.openai.com/v1';

export function moderationOf(it: Settings): { url: string; key: string } | null {
  if (it.MODERATION === undefined) return null;
  return it.MODERATION === '1'
    ? { url: `${ofOpenAi}/moderations`, key: it.OPENAI_API_KEY ?? '' }
    : { url: it.MODERATION, key: it.MODERATION_KEY ?? '' };
}

/** Looks at the raw texts. One line for each thing that is wrong. */
export function moderationContradictions(env: Record<string, string>): string[] {
  const { MODERATION: wanted, MODERATION_KEY: key, OPENAI_API_KEY: openAiKey } = env;
  if (wanted === undefined) return key === undefined ? [] : ['MODERATION: is needed with MODERATION_KEY'];
  const errors: string[] = [];
  const base = env.REALTIME_BASE_URL?.replace(/\/+$/, '') ?? ofOpenAi;
  if (wanted === '1' && (openAiKey === undefined || base !== ofOpenAi)) {
    errors.push(
      "MODERATION: 1 is OpenAI's own, asked with its key; for any other give the address, and MODERATION_KEY",
    );
  }
  if (wanted === '1' && key !== undefined) errors.push('MODERATION_KEY: is for an address; with MODERATION=1 drop it');
  if (wanted !== '1' && key === undefined) {
    errors.push('MODERATION_KEY: is needed with an address (a server that wants none takes any word of 8 letters)');
  }
  if (env.REALTIME_DIRECT === '1') {
    errors.push('REALTIME_DIRECT: what is said past the relay is seen by nobody. Set it to 0, or drop MODERATION');
  }
  if (env.REALTIME_SIDEBAND === '0' && env.REALTIME_CALLS !== '0') {
    errors.push('REALTIME_SIDEBAND: a call that is not listened to cannot be moderated. Set REALTIME_CALLS=0 too');
  }
  if (env.REALTIME_TRANSCRIPTION_MODEL === 'off') {
    errors.push('REALTIME_TRANSCRIPTION_MODEL: is needed with MODERATION, which sees what people say in its words');
  }
  if (env.REALTIME_TRANSPORTS !== undefined && !/\brelay\b/.test(env.REALTIME_TRANSPORTS)) {
    errors.push('REALTIME_TRANSPORTS: needs relay, because where calls are moderated a grant leads through it');
  }
  return errors;
}
