/** The recogniser beside the model: its name, and what it took. Read as carefully as what nobody has promised. Pure. */

/** The model's listening hears ten tokens a second, and recognisers that are billed by tokens count the same. */
const tokensPerSecond = 10;

/** `session`: of `session.created`. Undefined when nothing is written down, or nobody says by whom. */
export function recogniserOf(session: unknown): string | undefined {
  const { model } = fields(fields(fields(fields(session)['audio'])['input'])['transcription']);
  return typeof model === 'string' ? model : undefined;
}

/** Seconds of speech; 0 when the provider does not say. */
export function secondsOf(usage: unknown): number {
  const { seconds, input_token_details } = fields(usage);
  const { audio_tokens } = fields(input_token_details);
  return amount(seconds) || amount(audio_tokens) / tokensPerSecond;
}

function amount(value: unknown): number {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : 0;
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
