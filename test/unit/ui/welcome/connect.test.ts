import { describe, expect, it } from 'vitest';
import type { Fault, FaultCode } from '../../../../lib/protocol/faults.ts';
import { connectByCode, connectByToken, type Powers } from '../../../../lib/ui/welcome/connect.ts';

const report = { provider: 'local', model: 'm', voice: 'v', limits: [] };
const fault = (code: FaultCode): { fault: Fault } => ({ fault: { code } });

/** A relay that answers a test and a pairing so; `kept` is what went into the settings, in order with the tests. */
function world(
  tested: Awaited<ReturnType<Powers['test']>>,
  paired: Awaited<ReturnType<Powers['pair']>> = { deviceToken: 'new' },
) {
  const did: string[] = [];
  const powers: Powers = {
    test: async ({ url, deviceToken }) => {
      did.push(`test ${url} ${deviceToken}`);
      return tested;
    },
    keep: async ({ url, deviceToken }) => void did.push(`keep ${url} ${deviceToken}`),
    pair: async () => paired,
  };
  return { did, powers };
}

const relay = { url: 'https://relay.example', deviceToken: 'token' };
const link = { relayUrl: 'https://relay.example', code: 'AB12CD34' };

describe('connecting with a token', () => {
  it('keeps what works', async () => {
    const { did, powers } = world({ report });
    expect(await connectByToken(relay, powers)).toEqual({ report, kept: true });
    expect(did).toEqual(['test https://relay.example token', 'keep https://relay.example token']);
  });

  it.each(['relay-refused', 'relay-unreachable', 'relay-not-a-relay', 'relay-origin'] as const)(
    'lets nothing take the place of a good one when it is %s',
    async (code) => {
      const { did, powers } = world(fault(code));
      expect(await connectByToken(relay, powers)).toEqual({ ...fault(code), kept: false });
      expect(did).toEqual(['test https://relay.example token']);
    },
  );

  it('keeps a token that the relay took, though its provider has no credit', async () => {
    const { did, powers } = world(fault('provider-quota'));
    expect(await connectByToken(relay, powers)).toEqual({ ...fault('provider-quota'), kept: true });
    expect(did.at(-1)).toBe('keep https://relay.example token');
  });
});

describe('connecting with a code', () => {
  it('keeps the token before anything else can go wrong, because the code is used up', async () => {
    const { did, powers } = world(fault('relay-timeout'));
    expect(await connectByCode(link, powers)).toEqual({ ...fault('relay-timeout'), kept: true });
    expect(did).toEqual(['keep https://relay.example new', 'test https://relay.example new']);
  });

  it('that is refused changes nothing', async () => {
    const { did, powers } = world({ report }, { refused: 'code-refused' });
    expect(await connectByCode(link, powers)).toEqual({ refused: 'code-refused' });
    expect(did).toEqual([]);
  });

  it('says why nothing came back, and never sends the token that is kept', async () => {
    const { did, powers } = world({ report }, fault('relay-origin'));
    expect(await connectByCode(link, powers)).toEqual({ ...fault('relay-origin'), kept: false });
    expect(did).toEqual([]);
  });
});
