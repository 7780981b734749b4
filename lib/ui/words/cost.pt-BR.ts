import type { CostWords } from './cost.ts';

export const words: CostWords = {
  language: 'pt-BR',
  call: 'Esta chamada',
  today: 'Hoje',
  month: 'Este mês',
  note: 'Estimativa pela tabela de preços; o que vale é a conta do provedor.',
  partial: 'No mínimo: uma parte não tem preço conhecido.',
};
