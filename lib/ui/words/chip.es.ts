import type { ChipWords } from './chip.ts';

export const words: ChipWords = {
  language: 'es',
  pageInView: 'Página a la vista',
  untitled: 'La página que tienes delante',
  reads: {
    yes: 'se puede leer',
    'after-click': 'necesita antes tu clic',
    'ask-first': 'necesita antes tu permiso',
    never: 'no se lee nunca',
    cannot: 'no se puede leer',
  },
  mayRead:
    'Durante una llamada Parley puede leer esta página. Si hay en ella un campo de contraseña, te pregunta antes.',
  empty: {
    title: 'Pregunta sobre la página abierta',
    titleWithoutPage: 'Pregunta algo',
    hint: 'Habla, escribe o empieza por aquí.',
  },
  starters: {
    summary: 'Resume esta página',
    selection: 'Explica el texto seleccionado',
    about: { label: '¿Qué dice sobre…?', begin: '¿Qué dice esta página sobre' },
  },
};
