import { describe, expect, it } from 'vitest';
import { defaultConfig, updatedConfig } from '../../../relay/local/session/config.ts';
import { ProtocolError } from '../../../relay/local/session/errors.ts';

const current = defaultConfig('sess_1');
const update = (session: Record<string, unknown>) => updatedConfig(current, { type: 'realtime', ...session });

function refusal(session: unknown): { code: string | null; param: string | null } {
  try {
    updatedConfig(current, session);
  } catch (error) {
    if (error instanceof ProtocolError) return { code: error.code, param: error.param };
    throw error;
  }
  throw new Error('It was accepted');
}

describe('A session update', () => {
  it('changes only what it names', () => {
    const next = update({ audio: { output: { voice: 'cedar' } } });
    expect(next).toEqual({
      ...current,
      audio: { ...current.audio, output: { ...current.audio.output, voice: 'cedar' } },
    });
  });

  it('clears with an empty string, an empty list and null', () => {
    const full = updatedConfig(update({ tools: [{ type: 'function', name: 'f' }] }), {
      type: 'realtime',
      instructions: '',
      tools: [],
      audio: { input: { turn_detection: null, transcription: null, noise_reduction: null } },
    });
    expect(full).toMatchObject({ instructions: '', tools: [], audio: { input: { turn_detection: null } } });
  });

  it('is echoed with defaults and nulls filled in', () => {
    const next = update({
      tools: [{ type: 'function', name: 'f' }],
      audio: { input: { transcription: { model: 'whisper-1' }, turn_detection: { type: 'semantic_vad' } } },
    });
    expect(next.tools).toEqual([{ type: 'function', name: 'f', description: null, parameters: {} }]);
    expect(next.audio.input).toMatchObject({
      transcription: { model: 'whisper-1', language: null, prompt: null },
      turn_detection: { type: 'semantic_vad', eagerness: 'auto', create_response: true, interrupt_response: true },
    });
  });

  it.each([
    [{}, 'missing_required_parameter', 'session.type'],
    ['x', 'invalid_type', 'session'],
    [{ type: 'transcription' }, 'invalid_value', 'session.type'],
    [{ type: 'realtime', bogus: 1 }, 'unknown_parameter', 'session.bogus'],
    [{ type: 'realtime', voice: 'alloy' }, 'unknown_parameter', 'session.voice'],
    [{ type: 'realtime', instructions: 7 }, 'invalid_type', 'session.instructions'],
    [
      { type: 'realtime', audio: { input: { format: { type: 'audio/pcm', rate: 8000 } } } },
      'integer_below_min_value',
      'session.audio.input.format.rate',
    ],
    [
      { type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad', threshold: 2 } } } },
      'integer_above_max_value',
      'session.audio.input.turn_detection.threshold',
    ],
    [
      { type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad', eagerness: 'low' } } } },
      'unknown_parameter',
      'session.audio.input.turn_detection.eagerness',
    ],
    [{ type: 'realtime', audio: { output: { speed: 0.1 } } }, 'decimal_below_min_value', 'session.audio.output.speed'],
    [{ type: 'realtime', audio: { output: { voice: 'bob' } } }, 'invalid_value', 'session.audio.output.voice'],
    [
      { type: 'realtime', tools: [{ type: 'function', function: { name: 'f' } }] },
      'missing_required_parameter',
      'session.tools[0].name',
    ],
    [{ type: 'realtime', tools: [{ type: 'mcp', server_label: 'x' }] }, 'invalid_value', 'session.tools[0].type'],
    [{ type: 'realtime', max_output_tokens: 0 }, 'integer_below_min_value', 'session.max_output_tokens'],
    [{ type: 'realtime', output_modalities: ['audio', 'text'] }, 'array_above_max_length', 'session.output_modalities'],
    [
      { type: 'realtime', model: 'gpt-realtime-2025-08-28', reasoning: { effort: 'low' } },
      'unsupported_parameter',
      'session.reasoning',
    ],
  ])('%j is refused as %s at %s', (session, code, param) => {
    expect(refusal(session)).toEqual({ code, param });
  });

  it('cannot change the model of a running session, nor tracing that is on', () => {
    const running = { running: true, voiceLocked: false };
    expect(updatedConfig(current, { type: 'realtime', model: 'gpt-realtime' }, running).model).toBe(current.model);
    const traced = updatedConfig(current, { type: 'realtime', tracing: 'auto' }, running);
    expect(() => updatedConfig(traced, { type: 'realtime', tracing: null }, running)).toThrow('Tracing');
  });
});
