import { expect, it } from 'vitest';
import { secondsOf } from '../../../lib/ui/view/time.ts';

it('writes seconds with one digit behind the point, and long ones without', () => {
  expect(secondsOf(840, 'en')).toBe('0.8');
  expect(secondsOf(1000, 'en')).toBe('1.0');
  expect(secondsOf(840, 'es')).toBe('0,8');
  expect(secondsOf(12_345, 'en')).toBe('12');
});
