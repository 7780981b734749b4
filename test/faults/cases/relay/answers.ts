/** The relay answers what no relay should, or cannot be reached; and addresses that are none. */
import type { FaultCase } from '../../case.ts';

const client = 'unit/session/relay-client.test.ts';
const shapes = 'unit/random/shapes.test.ts';

export const answers: FaultCase[] = [
  {
    id: 'F25',
    tests: [
      { file: client, names: 'to say all of it, byte by byte: eight seconds are the end' },
      { file: client, names: 'and never answers: eight seconds are the end' },
    ],
    saw: '“The relay took too long to answer.”',
  },
  {
    id: 'F26',
    quick: true,
    tests: [
      { file: client, names: 'does not take' },
      { file: shapes, names: 'whatever it answers is a grant, a call, a refusal with one of our codes, or no relay' },
      { file: 'browser/relay-faults.test.ts', names: 'answers there' },
    ],
    saw: '“Something answers at this address, but it is not a Parley relay.”',
  },
  {
    id: 'F27',
    tests: [
      { file: client, names: 'hangs up on an answer without end' },
      { file: 'integration/relay.test.ts', names: 'hangs up on an endless body' },
    ],
    saw: '“Something answers at this address, but it is not a Parley relay.”',
  },
  {
    id: 'F28',
    tests: [
      { file: client, names: 'never carries the token to another host' },
      { file: client, names: 'is not led in a circle' },
    ],
    saw: '“Something answers at this address, but it is not a Parley relay.”',
  },
  {
    id: 'F29',
    tests: [{ file: client, names: 'says that nobody is there' }],
    saw: '“The relay did not answer.”',
  },
  {
    id: 'F29',
    shape: 'told apart',
    cannot:
      'A browser tells an extension only that a request failed: no name, nobody there and a bad certificate look the same, so they share a sentence.',
  },
  {
    id: 'F30',
    tests: [
      { file: 'unit/ui/relay-address.test.ts', names: 'a relay address' },
      { file: 'unit/transport/relay-address.test.ts', names: 'the address of the relay' },
      { file: 'unit/random/addresses.test.ts', names: 'any text at all' },
    ],
    saw: 'The field says what is wrong with the address, and nothing is saved.',
  },
  {
    id: 'F32',
    tests: [
      { file: 'unit/call/renewal.test.ts', names: 'a session is renewed as if it were new' },
      { file: 'unit/call/warm-line.test.ts', names: 'asks for a new grant when the old one is about to expire' },
    ],
    saw: 'Nothing: lifetimes are counted, clocks are not compared.',
  },
  {
    id: 'F33',
    shape: 'refused again',
    tests: [{ file: 'unit/call/warm-line.test.ts', names: 'asks for another grant, once' }],
    saw: '“The provider refused the relay’s key.”',
  },
  {
    id: 'F34',
    tests: [
      { file: 'unit/transport/sdp-exchange.test.ts', names: 'a provider that does not take the offer' },
      { file: 'unit/call/beginning.test.ts', names: 'is not tried again where that is of no use' },
      {
        file: 'unit/call/beginning.test.ts',
        names: 'is tried again at once where the other side is only busy or away',
      },
      { file: 'unit/random/sdp.test.ts', names: 'an answer to an offer' },
    ],
    saw: 'The sentence of what is wrong; where the provider is only busy, “Connecting”, then the call.',
  },
  {
    id: 'F35',
    tests: [
      { file: 'integration/transports/webrtc-opening.test.ts', names: 'whose answer is, or has,' },
      { file: 'unit/transport/sdp-exchange.test.ts', names: 'in place of an answer means provider-error' },
    ],
    saw: '“The provider answered with an error.”',
  },
];
