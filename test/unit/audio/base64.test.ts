import { expect, it } from 'vitest';
import { decodePcm, encodePcm } from '../../../lib/audio/base64.ts';

it('carries samples there and back, many of them too', () => {
  const samples = Int16Array.from({ length: 50_000 }, (_, index) => ((index * 7919) % 65_536) - 32_768);
  expect(decodePcm(encodePcm(samples))).toEqual(samples);
  expect(encodePcm(Int16Array.from([1, -1]))).toBe('AQD//w==');
});

it('takes nothing that is not whole samples in base64', () => {
  expect(decodePcm('not base64!')).toBeNull();
  expect(decodePcm(btoa('abc'))).toBeNull();
});
