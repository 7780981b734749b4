import type { ChipWords } from './chip.ts';

export const words: ChipWords = {
  language: 'pt-BR',
  pageInView: 'Página à vista',
  untitled: 'A página na sua frente',
  reads: {
    yes: 'pode ser lida',
    'after-click': 'precisa antes do seu clique',
    'ask-first': 'precisa antes da sua permissão',
    never: 'nunca é lida',
    cannot: 'não pode ser lida',
  },
  mayRead: 'Durante uma chamada o Parley pode ler esta página. Se houver nela um campo de senha, ele pergunta antes.',
  empty: {
    title: 'Pergunte sobre a página aberta',
    titleWithoutPage: 'Pergunte alguma coisa',
    hint: 'Fale, escreva ou comece por aqui.',
  },
  starters: {
    summary: 'Resuma esta página',
    selection: 'Explique o texto selecionado',
    about: { label: 'O que ela diz sobre…', begin: 'O que esta página diz sobre' },
  },
};
