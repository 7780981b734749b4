import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderFaults } from '../../../relay/local/faults/list.ts';

const readme = readFileSync(new URL('../../../relay/local/README.md', import.meta.url), 'utf8');

describe('The engine’s README', () => {
  it('has the table of faults as it is (how to print it anew stands below it)', () => {
    expect(readme).toContain(renderFaults().trimEnd());
  });
});
