import type { KeepingWords } from './keeping.ts';

export const words: KeepingWords = {
  language: 'pt-BR',
  money: 'Dinheiro e tempo',
  moneyHelp:
    'O provedor cobra por token da conta do seu relay: um minuto de conversa custa alguns centavos de dólar, e respostas e páginas longas custam mais. O Parley vai somando pela tabela de preços do provedor, em dólares. É uma estimativa; o que vale é a conta.',
  spent: (today, month) => `Gasto por este navegador: ${today} hoje, ${month} neste mês.`,
  caps: { callCapUsd: 'No máximo por chamada (dólares)', dayCapUsd: 'No máximo por dia (dólares)' },
  noLimit: 'sem limite',
  badLimit: (most) => `Um valor até ${most}, como 2,50, ou nada para ficar sem limite.`,
  capsHelp:
    'Em 80 % o Parley avisa. Quando um limite é atingido, ele encerra a chamada depois da resposta em andamento, então o custo pode passar um pouco.',
  idle: 'Desligar quando ninguém falar por',
  idleHelp:
    'Uma chamada aberta envia som, e pode custar dinheiro, mesmo sem ninguém falando. Ruído não a mantém aberta. Você é avisado pouco antes.',
  minutes: (count) => (count === '1' ? '1 minuto' : `${count} minutos`),
  seconds: (count) => `${count} segundos`,
  never: 'Nunca desligar por conta própria',
  kept: 'O que fica guardado',
  keepCalls: 'Guardar minhas chamadas para reler e pesquisar',
  keepCallsHelp:
    'As palavras de cada chamada e os títulos e endereços das páginas lidas ficam neste navegador; nenhum som, nenhum texto de página. Só são enviados de novo quando você continua uma chamada. Desligado: a chamada é esquecida quando o navegador fecha. As chamadas já guardadas ficam até você excluí-las no painel lateral.',
  file: 'Opções em um arquivo',
  fileHelp:
    'Para levá-las a outro navegador. O arquivo contém o que você escreveu sobre si, suas instruções e listas de sites, mas não o código do dispositivo.',
  exportFile: 'Salvar em um arquivo',
  importFile: 'Trazer de um arquivo…',
  importProblems: {
    'too-large': 'Este arquivo é grande demais para opções do Parley. Escolha o que o Parley salvou.',
    'not-json': 'Não dá para ler este arquivo. Escolha o que o Parley salvou.',
    'not-settings': 'Este arquivo não contém opções do Parley. Escolha o que o Parley salvou.',
  },
  changes: (count) => (count === '1' ? 'Uma opção muda.' : `${count} opções mudam.`),
  changesNothing: 'Tudo isto já está assim aqui. Nada muda.',
  otherRelay: (address) =>
    `O relay muda para ${address}. O que você disser irá para lá, e ele precisa do próprio código do dispositivo. Continue só se conhece este endereço.`,
  noRelay: 'O arquivo não traz nenhum relay: o relay deste navegador e o código dele serão removidos.',
  refused: (fields) => `Não entendido e deixado como está aqui: ${fields}.`,
  takeOver: 'Usar estas',
  cancel: 'Cancelar',
  takenOver: 'Pronto, já valem.',
  notTakenOver: 'O navegador não guardou as opções. Tente de novo.',
  erase: 'Apagar tudo',
  eraseHelp:
    'Encerra a chamada em andamento e remove tudo o que o Parley guarda neste navegador. O código do dispositivo continua valendo no relay até ser revogado lá, e a permissão do microfone é do próprio navegador.',
  holdings: {
    settings: (withToken) => (withToken ? 'Suas opções, com o código do dispositivo do relay' : 'Suas opções'),
    spend: (months) => `Valores gastos (meses: ${months})`,
    calls: (count, mb) => `Chamadas anteriores: ${count} (${mb} MB)`,
    callsUnknown: 'Chamadas anteriores (o navegador não diz quantas)',
    lastCall: 'A última chamada, até o navegador fechar',
    sites: (count) => `Acesso a sites que você permitiu: ${count}`,
  },
  eraseAsk: 'Apagar tudo isto de vez? Não há volta.',
  erased: 'Tudo foi apagado. O Parley está como quando foi instalado.',
  left: (what) => `Nem tudo pôde ser apagado. Ainda aqui: ${what}. Tente de novo ou remova o Parley do navegador.`,
  leftNames: {
    settings: 'opções e valores',
    calls: 'chamadas anteriores',
    'last-call': 'a última chamada',
    sites: 'acesso a sites',
  },
};
