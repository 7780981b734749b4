/** The few things that are understood in a language without a model, and what must not be taken for one of them. */
export interface PhraseList {
  phrases: readonly string[];
  /** Short words that sound like a phrase and are none: what is nearest to one of these is not understood. */
  decoys: readonly string[];
}

/** By the primary tag of a language. Every phrase is one the engine's mind can answer. */
export const PHRASE_LISTS: Readonly<Record<string, PhraseList>> = {
  pt: {
    phrases: [
      'Resuma esta página.',
      'Sobre o que é esta página?',
      'O que diz esta página?',
      'Qual é o título da página?',
      'Leia o texto selecionado.',
      'Qual é o horário?',
      'A que horas abre?',
      'A que horas fecha?',
      'Quanto custa?',
      'Onde fica?',
      'Qual é o telefone?',
      'Qual é o endereço?',
      'Quem escreveu este artigo?',
      'Quando foi publicado?',
      'Quem é você?',
      'O que você pode fazer?',
      'Olá.',
      'Bom dia.',
      'Muito obrigado.',
      'Tchau.',
      'Pare.',
    ],
    decoys: ['Sim.', 'Não.', 'Boa noite.', 'Talvez.'],
  },
  es: {
    phrases: [
      'Resume esta página.',
      '¿De qué trata esta página?',
      '¿Qué dice esta página?',
      '¿Cuál es el título de la página?',
      'Lee el texto seleccionado.',
      '¿Cuál es el horario?',
      '¿A qué hora abre?',
      '¿A qué hora cierra?',
      '¿Cuánto cuesta?',
      '¿Dónde está?',
      '¿Cuál es el teléfono?',
      '¿Cuál es la dirección?',
      '¿Quién escribió este artículo?',
      '¿Cuándo se publicó?',
      '¿Quién eres?',
      '¿Qué puedes hacer?',
      'Hola.',
      'Buenos días.',
      'Muchas gracias.',
      'Adiós.',
      'Para.',
    ],
    decoys: ['Sí.', 'No.', 'Buenas noches.', 'Tal vez.'],
  },
};

/** `pt-BR` → `pt`; empty for no language. */
export function primaryTag(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}
