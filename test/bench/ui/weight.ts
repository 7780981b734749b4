import { builtExtension } from '../../support/browser.ts';
import { measure } from '../../support/sizes.ts';
import type { Measured } from '../table.ts';

/** What the built extension weighs. */
export function measureWeight(): Measured[] {
  return measure(builtExtension).map(({ part, bytes, limit }) => ({
    id: `size_${part.replaceAll(/\W+/g, '_')}`,
    value: bytes / 1024,
    unit: 'KB',
    target: { atMost: limit / 1024 },
  }));
}
