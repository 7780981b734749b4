import type { PastWords } from './past.ts';

export const words: PastWords = {
  language: 'pt-BR',
  title: 'Chamadas anteriores',
  back: 'Voltar à chamada',
  toList: 'Todas as chamadas anteriores',
  search: 'Buscar nas chamadas anteriores',
  searching: 'Buscando…',
  nothing: (query) => `Nenhuma chamada anterior contém “${query}”.`,
  empty: {
    keeps: 'Ainda não há chamadas. Elas ficam guardadas aqui, só neste navegador, à medida que acontecem.',
    keepsNot: 'As chamadas não são guardadas. Dá para ligar isso nas opções.',
  },
  untitled: 'Chamada sem palavras',
  goOn: { talk: 'Continuar falando', write: 'Continuar por escrito' },
  goOnHelp: 'O que foi dito é enviado de novo ao provedor, como texto, para que o assistente saiba.',
  busy: 'Desligue primeiro; depois dá para continuar esta chamada.',
  pinned: 'Fixada',
  pin: 'Fixar',
  unpin: 'Desafixar',
  rename: 'Renomear',
  name: 'Nome da chamada',
  save: 'Salvar',
  cancel: 'Cancelar',
  exportAs: { md: 'Exportar em Markdown', json: 'Exportar em JSON' },
  exportAll: 'Exportar tudo em JSON',
  remove: 'Excluir',
  removeAsk: 'Excluir esta chamada de vez?',
  removeAll: 'Excluir todas',
  removeAllAsk: (count) => `Excluir de vez todas as chamadas anteriores (${count}), inclusive as fixadas?`,
  gone: 'Esta chamada não está mais guardada.',
  skipped: (count) => `Registros danificados que não puderam ser lidos e ficaram de fora: ${count}.`,
  goesNext: 'Sai primeiro',
  going: (count, usedMb, mostMb) =>
    `${usedMb} de ${mostMb} MB estão em uso. Quando o espaço acabar, as chamadas mais antigas saem primeiro (${count}, marcadas abaixo). Fixe ou exporte o que quiser manter.`,
  troubles: {
    newer:
      'Um Parley mais novo gravou estas chamadas. Aqui dá para ler e exportar; para mudar algo, atualize o Parley.',
    full: 'O navegador está sem espaço, por isso nada mudou. Exclua chamadas de que não precisa.',
    unavailable: 'O navegador não entrega as chamadas anteriores. Feche outras janelas deste perfil e tente de novo.',
  },
  notKept: {
    newer:
      'Esta chamada não fica guardada: um Parley mais novo cuida das chamadas aqui. Atualize o Parley para guardar as próximas.',
    full: 'O resto desta chamada não fica guardado: o espaço acabou. Exclua chamadas de que não precisa.',
    unavailable:
      'Esta chamada não fica guardada: o navegador não entrega as chamadas anteriores. Feche outras janelas deste perfil ou copie o que precisar.',
    deleted: 'Você excluiu esta chamada, então o resto dela não fica guardado. Copie o que precisar.',
  },
  file: {
    person: 'Você',
    assistant: 'Parley',
    interrupted: 'interrompido',
    read: 'Leu',
    failed: 'Não conseguiu ler',
  },
};
