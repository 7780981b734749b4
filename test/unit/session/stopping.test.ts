import { expect, it } from 'vitest';
import { goldenCall } from '../../support/golden-call.ts';
import { onTheLine } from './on-the-line.ts';

/** What the provider would say at that point of a call of four answers: is a response being made, does it sound? */
function truthAfter(count: number): { making: boolean; sounding: boolean } {
  const past = goldenCall.slice(0, count).map(({ type }) => type);
  const last = (...types: string[]) => past.findLast((type) => types.includes(type));
  return {
    making: last('response.created', 'response.done') === 'response.created',
    sounding:
      last('output_audio_buffer.started', 'output_audio_buffer.stopped', 'output_audio_buffer.cleared') ===
      'output_audio_buffer.started',
  };
}

it('an answer that is stopped, after any event, is cancelled where it is being made and cleared where it sounds', () => {
  for (let count = 0; count <= goldenCall.length; count += 1) {
    const { session, types } = onTheLine();
    for (const event of goldenCall.slice(0, count)) session.receive(JSON.stringify(event));
    const before = types().length;
    session.stopAnswer();
    session.close();
    const { making, sounding } = truthAfter(count);
    const wanted = [...(making ? ['response.cancel'] : []), ...(sounding ? ['output_audio_buffer.clear'] : [])];
    expect([count, ...types().slice(before)]).toEqual([count, ...wanted]);
  }
});
