/** What stands in the fields of step one, and whether one can connect with it. Pure. */
import type { Settings } from '../../protocol/settings.ts';
import { checkDeviceToken, checkRelayAddress, type AddressProblem } from '../view/relay-address.ts';
import { readPairCode, readPairLink, type PairLink } from './pair-link.ts';

type Relay = Settings['relay'];

export interface Draft {
  address: string;
  token: string;
  code: string;
}

export type SecretProblem = 'token-empty' | 'token-spaces' | 'token-long' | 'code-shape' | 'damaged-link';

/** What is wrong, by field; null: nothing. */
export interface Wrong {
  address: AddressProblem | null;
  secret: SecretProblem | null;
}

/** `relay`: what is connected now. Its token never stands beside an address that came by a link, or it could go there. */
export function draftOf(link: PairLink | 'damaged' | null, relay: Relay): Draft {
  if (link && link !== 'damaged') return { address: link.relayUrl, token: '', code: link.code };
  return { address: relay.url, token: relay.deviceToken, code: '' };
}

export function checkForToken({ address, token }: Draft): { relay: Relay } | { wrong: Wrong } {
  const place = checkRelayAddress(address);
  const checked = checkDeviceToken(token);
  let secret: SecretProblem | null = null;
  if ('problem' in checked) secret = checked.problem;
  else if (checked.token === '') secret = 'token-empty';
  else if ('url' in place) return { relay: { url: place.url, deviceToken: checked.token } };
  return { wrong: wrong([address], 'problem' in place ? place.problem : null, secret) };
}

export function checkForCode({ address, code }: Draft): { link: PairLink } | { wrong: Wrong } {
  const place = checkRelayAddress(address);
  const checked = readPairCode(code);
  if ('url' in place && checked !== null) return { link: { relayUrl: place.url, code: checked } };
  return {
    wrong: wrong([address, code], 'problem' in place ? place.problem : null, checked === null ? 'code-shape' : null),
  };
}

/** A link that lost a part on its way has a sentence of its own. */
function wrong(typed: string[], address: Wrong['address'], secret: Wrong['secret']): Wrong {
  return typed.some((text) => readPairLink(text) === 'damaged')
    ? { address: null, secret: 'damaged-link' }
    : { address, secret };
}
