/** Puts a page on the screen, and hears of every error in it, from before its first word. */
import { render, type ComponentChild } from 'preact';
import { keepErrors } from '../storage/errors.ts';
import { Boundary } from './parts/boundary.tsx';

keepErrors(location.pathname);

export function show(page: ComponentChild): void {
  render(<Boundary>{page}</Boundary>, document.body);
}
