import type { CostWords } from './cost.ts';

export const words: CostWords = {
  language: 'en',
  call: 'This call',
  today: 'Today',
  month: 'This month',
  note: 'Estimated by list prices; the provider’s bill is what counts.',
  partial: 'At least: a part of it has no known price.',
};
