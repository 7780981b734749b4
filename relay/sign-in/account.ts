/** The person behind an account at the identity provider. */
import { ownerName, type Devices, type Person } from '../devices.ts';
import { keyedHash, randomHex } from '../team/secrets.ts';
import { displayName, type Identity } from './identity.ts';

/**
 * Found by the account alone, made when there is none. A name that somebody else has, invited or signed in, is theirs:
 * whoever comes later is told apart by six more letters, and gets nothing that is not theirs.
 */
export async function personOf({ team }: Devices, identity: Identity): Promise<Person> {
  const account = await keyedHash(await team.salt(), `account ${identity.issuer} ${identity.subject}`);
  const plain = displayName(identity);
  for (const name of [plain, `${plain} ${account.slice(0, 6)}`]) {
    const known = await team.personOfAccount(account);
    if (known !== null) return known;
    const made: Person = { id: randomHex(4), name, createdAt: new Date().toISOString(), account };
    if (name !== ownerName && (await team.addPerson(made))) return made;
  }
  const known = await team.personOfAccount(account);
  if (known !== null) return known;
  throw new Error('Both names of this person are taken.');
}
