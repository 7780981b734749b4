import type { AssistantWords } from './assistant.ts';

export const words: AssistantWords = {
  language: 'pt-BR',
  preferred: 'O que o relay preferir',
  priced: (model, usd) => `${model}: cerca de ${usd} por minuto`,
  other: 'Outro modelo…',
  otherName: 'Nome do modelo',
  perMinute: (usd) => `Cerca de ${usd} por minuto de conversa. O relay pode aceitar só alguns modelos: pergunte a ele.`,
  preferredPrice: 'O custo é o do modelo que o relay escolher. Pergunte a ele qual é.',
  unpriced:
    'O Parley não conhece o preço deste modelo: as chamadas mostram tokens em vez de dinheiro, e os limites de gasto não as encerram. O relay talvez não aceite o modelo: pergunte a ele.',
  ask: 'Perguntar ao relay',
  prices: 'Como o custo é estimado',
  pricesHelp: (day) =>
    `Um minuto de conversa é contado como metade sua e metade do assistente, em quatro respostas, com as suas palavras transcritas. Uma página longa acrescenta um ou dois centavos de dólar. Preços de tabela de ${day}, em dólares por milhão de tokens; o que vale é a conta do provedor.`,
  kinds: { text: 'Texto', audio: 'Som', image: 'Imagens' },
  rate: (kind, input, again, output) => `${kind}: ${input} na entrada, ${again} relido, ${output} na saída`,
  rateIn: (kind, input, again) => `${kind}: ${input} na entrada, ${again} relido`,
  voiceHelp: 'O provedor recomenda marin e cedar. Todas as vozes custam o mesmo.',
  style: 'Como ele responde',
  styles: {
    plain: { name: 'De forma simples', help: 'De uma a três frases curtas, e mais quando você pede.' },
    short: {
      name: 'Bem curto',
      help: 'Com o mínimo de palavras. É também o mais barato: a fala é o que mais custa.',
    },
    teacher: {
      name: 'Como professor',
      help: 'Um passo de cada vez, com um exemplo e uma pergunta para ver se ficou claro. Respostas mais longas custam mais.',
    },
    translator: {
      name: 'Como intérprete',
      help: 'Diz na outra língua o que você diz, e vice-versa. Trechos da página são traduzidos para você.',
    },
    reading: {
      name: 'Como companhia de leitura',
      help: 'Percorre a página com você, parte por parte, e explica as palavras difíceis. Lê mais da página, o que custa mais.',
    },
  },
  notes: 'Sobre você',
  notesHelp:
    'O que ele deve saber em toda chamada: seu nome, seu trabalho, o que você conhece bem. Isto vai para o seu relay e para o provedor em cada chamada; o texto mais longo custa cerca de um centavo de dólar por chamada. Deixe de fora o que eles não devem saber.',
  tooLong: 'Isto é mais do que uma chamada comporta: o final das suas notas fica de fora. Encurte o texto.',
  told: 'O que é enviado disto',
  toldHelp:
    'Exatamente estas palavras vão em cada chamada, depois das regras do Parley e das do seu relay. Estão em inglês porque são para o modelo; ele responde na sua língua.',
  toldNothing: 'Nada: só as regras do Parley e as do seu relay.',
};
