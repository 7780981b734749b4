/** Writes the icons anew after a change of `shapes.ts`: `node assets/icons/make.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { png, svg } from './draw.ts';
import { mark, states } from './shapes.ts';

const here = new URL('.', import.meta.url);
const shipped = new URL('../public/icon/', here);

mkdirSync(shipped, { recursive: true });
for (const size of [16, 32, 48, 128]) writeFileSync(new URL(`${size}.png`, shipped), png(mark, size));
for (const [name, layers] of Object.entries(states)) {
  writeFileSync(new URL(`${name}.svg`, here), svg(layers));
  for (const size of [16, 32]) writeFileSync(new URL(`${name}-${size}.png`, shipped), png(layers, size));
}
