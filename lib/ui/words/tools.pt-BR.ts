import type { ToolWords } from './tools.ts';

export const words: ToolWords = {
  language: 'pt-BR',
  tools: {
    read_page: { running: 'Lendo a página…', done: 'Leu a página', failed: 'Não conseguiu ler a página' },
    search_page: {
      running: 'Procurando na página…',
      done: 'Procurou na página',
      failed: 'Não conseguiu procurar na página',
    },
    read_more: { running: 'Lendo mais…', done: 'Leu mais um trecho', failed: 'Não conseguiu ler mais' },
    read_selection: {
      running: 'Lendo o que você selecionou…',
      done: 'Leu o que você selecionou',
      failed: 'Não conseguiu ler a seleção',
    },
    page_outline: {
      running: 'Vendo a estrutura da página…',
      done: 'Viu a estrutura da página',
      failed: 'Não conseguiu ver a estrutura',
    },
    point_at: { running: 'Procurando o trecho…', done: 'Destacado na página', failed: 'Nada foi destacado' },
    look_at_page: {
      running: 'Olhando a página…',
      done: 'Olhou a página',
      failed: 'Não conseguiu olhar a página',
    },
    list_tabs: {
      running: 'Olhando as suas abas…',
      done: 'Viu as abas que você liberou',
      failed: 'Não conseguiu ver as abas',
    },
    read_tab: { running: 'Lendo outra aba…', done: 'Leu outra aba', failed: 'Não conseguiu ler a outra aba' },
  },
  otherTool: (name) => `Usou ${name}`,
  toolFaults: {
    'no-tab': 'Não há página aberta na sua frente. Abra uma e pergunte de novo.',
    'not-granted': 'O Parley ainda não pode ler este site. Clique no ícone dele nessa página ou permita o site aqui.',
    'ask-first':
      'Esta página pode ter coisas particulares: dinheiro, saúde, e-mail ou uma senha. Nada é lido até você permitir nesta chamada.',
    'never-read': 'O Parley não lê este site: ele está na sua lista ou guarda senhas. A sua lista fica nas opções.',
    'private-window': 'O Parley não lê janelas anônimas. Pergunte em uma janela comum.',
    'other-site':
      'Cada resposta lê um site só, para que uma página não alcance outra. Pergunte sobre este site em separado.',
    'tab-not-granted':
      'O Parley ainda não pode ler essa aba. Vá até ela, clique no botão do Parley na barra e pergunte de novo.',
    'too-much-read': 'Já foi leitura bastante para uma resposta. Pergunte de novo para continuar.',
    'restricted-page':
      'O navegador não deixa extensões lerem as páginas dele nem a loja. Pergunte em uma página comum.',
    'unreadable-kind':
      'É um PDF, uma imagem ou um arquivo simples, que o Parley ainda não lê. Pergunte em uma página da web.',
    'empty-page': 'Não há texto nesta página. Se ela ainda está carregando, pergunte de novo daqui a pouco.',
    'no-selection': 'Nada está selecionado. Selecione um trecho e pergunte de novo.',
    'nothing-found': 'Nenhum trecho da página responde a isso. Pergunte com outras palavras.',
    'no-such-passage': 'Esse trecho não está mais à mão. Pergunte de novo, e a página será relida.',
    'not-on-page':
      'Estas palavras não estão na página, por isso nada foi destacado. Confira a resposta antes de confiar nela.',
    'timed-out': 'A página não respondeu a tempo. Espere ela se acalmar e pergunte de novo.',
    'page-changed': 'A página mudou durante a leitura. Pergunte de novo.',
    'invalid-arguments': 'O assistente pediu de um jeito que o Parley não entende. Pergunte com outras palavras.',
    'unknown-tool': 'O assistente pediu algo que o Parley não faz. Peça outra coisa.',
    interrupted: 'Parou porque você seguiu em frente. Pergunte de novo se ainda quiser.',
    failed: 'A leitura falhou. Recarregue a página e pergunte de novo.',
  },
  quoted: (text) => `“${text}”`,
  characters: (count) => `${count} caracteres`,
  truncated: 'só o começo',
  sent: {
    title: 'O que foi enviado ao assistente',
    picture: 'A imagem da página',
    copy: 'Copiar',
    copied: 'Copiado',
    fetching: 'Um momento…',
    notKept: 'O que foi enviado não está mais guardado.',
  },
  grant: {
    ask: (host) =>
      host ? `Deixar o Parley ler ${host}` : 'Deixar o Parley ler as páginas sobre as quais você perguntar',
    given: (host) => (host ? `Agora o Parley pode ler ${host}.` : 'Agora o Parley pode ler as suas páginas.'),
    refused: (host) =>
      host ? `O Parley não pode ler ${host}. Nada foi lido.` : 'O Parley não pode ler esta página. Nada foi lido.',
  },
  allow: {
    ask: (host) => `Deixar o Parley ler ${host} nesta chamada`,
    given: (host) => `O Parley pode ler ${host} até o fim desta chamada.`,
  },
  goesOn: 'A resposta continua sozinha.',
  askAgain: 'Pergunte de novo.',
  quote: {
    show: 'Mostrar na página',
    shown: 'Destacado de novo na página.',
    gone: 'Essa página não existe mais.',
    leadsTo: 'A aba foi fechada ou mostra outra página agora. O trecho está neste endereço:',
    open: 'Abrir em uma nova aba',
  },
};
