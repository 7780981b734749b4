/** The process of `apart.ts`: `node inside.ts NAME EXTENSION-FOLDER`, with a channel that is told of the run. */
import { allCases, nameOf } from '../all.ts';
import { playHere } from '../play.ts';
import { ownNetwork } from './network.ts';

const [name, dir = ''] = process.argv.slice(2);
const one = (await allCases()).find((each) => nameOf(each) === name);
if (!one || !('play' in one)) throw new Error(`There is no case ${name}.`);
// Before the first browser is started.
await ownNetwork();
const run = await playHere(one, { dir });
process.send?.(run, () => process.exit(0));
