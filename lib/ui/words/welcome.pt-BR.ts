import type { WelcomeWords } from './welcome.ts';

export const words: WelcomeWords = {
  language: 'pt-BR',
  title: 'Boas-vindas ao Parley',
  consent: {
    title: 'Antes de começar',
    intro: 'Com o Parley você conversa com um assistente sobre a página na sua frente. Para isso, acontece o seguinte.',
    points: [
      {
        name: 'Gravação',
        text: 'A sua voz, do momento em que você inicia uma chamada até ela terminar. O Parley não guarda nenhum som.',
      },
      {
        name: 'Leitura',
        text: 'A página na sua frente: título, endereço, subtítulos e primeiras linhas quando a chamada começa (uma opção desliga isso); mais dela, ou uma imagem dela, quando a resposta precisa. Outras abas, só onde você clicou no botão do Parley. Nunca o que você digita nas páginas, senhas ou números de cartão. Bancos, saúde e e-mail pedem permissão antes.',
      },
      {
        name: 'Envio',
        text: 'A sua voz, o que você escreve e o que foi lido vão para o relay que você conectar e para o provedor que ele usa, onde valem os termos dele. Ninguém mais recebe nada, nem quem faz o Parley.',
      },
      {
        name: 'Armazenamento',
        text: 'Neste navegador: suas configurações, as chamadas anteriores em texto e as somas do que custaram. Nas opções você pode deixar de guardar as chamadas e apagar tudo.',
      },
    ],
    agree: 'Concordo',
    notNow: 'Agora não',
    agreed: (when) => `Em ${when} você concordou com o que o Parley grava, lê e envia.`,
    takeBack: 'Voltar atrás',
  },
  stepList: 'Passos',
  stepDone: 'feito',
  stepOf: (step, count) => `Passo ${step} de ${count}`,
  steps: {
    relay: {
      title: 'Conectar um relay',
      why: 'O relay é um pequeno programa que guarda a chave do assistente, para que ela nunca fique no navegador. Você executa um, ou alguém executa para você.',
    },
    microphone: {
      title: 'Permitir o microfone',
      why: 'O Parley precisa ouvir você. O microfone só abre nas chamadas e enquanto você o testa; o que um teste ouve não vai a lugar nenhum.',
    },
    talk: {
      title: 'Dizer alguma coisa',
      why: 'Inicie uma chamada, pergunte e escute. Pode falar por cima da resposta.',
    },
  },
  next: 'Continuar',
  skip: 'Pular este passo',
  relay: {
    howTo: 'Como conectar',
    ways: { token: 'Endereço e código do dispositivo', code: 'Link de pareamento', try: 'Experimentar sem chave' },
    code: 'Código de pareamento',
    codeHelp: 'O dono do relay cria um para você. Vale uma vez, por alguns minutos. Você pode colar o link inteiro.',
    connect: 'Conectar',
    trust: 'Conecte só um relay em que você confia: ele e o provedor dele ouvem o que você diz.',
    replaces: (host) => `Ele toma o lugar de ${host}, que está conectado agora.`,
    problems: {
      'code-refused': 'O relay recusou o código: está errado, já foi usado ou venceu. Peça outro ao dono do relay.',
      'no-pairing': 'Este relay não conhece códigos de pareamento. Peça ao dono um código do dispositivo e use esse.',
      'code-shape': 'Isto não é um código de pareamento. Cole só o código, ou o link inteiro.',
      'damaged-link': 'Este link de pareamento está incompleto. Copie-o de novo, do primeiro ao último caractere.',
    },
    connected: (host) => `Conectado a ${host}.`,
    kept: 'O relay já conhece você, então pode continuar.',
    tryIntro: 'O relay tem um motor próprio. Não precisa de chave nem de conta, e nada sai do seu computador.',
    tryCommands: [
      { command: 'npm start', does: 'na pasta do código do Parley abre um navegador com o Parley já conectado.' },
      { command: 'npm run relay', does: 'mostra um endereço e um código do dispositivo para este navegador.' },
    ],
    tryLimits: 'É preciso ter git, Node 20 ou mais novo e npm. O motor entende melhor inglês, e é modesto.',
  },
  microphone: {
    heard: 'Tudo certo. Continue quando quiser.',
    quiet: 'Ainda não ouvi nada. Se você falou, veja qual microfone o sistema está usando. Mesmo assim pode continuar.',
  },
  talk: {
    say: (question) => `Aperte o botão e pergunte: “${question}”`,
    write: (question) => `Escrever “${question}”`,
    noRelay: 'Ainda não há quem responda. Conecte um relay e fale.',
    toRelay: 'Conectar um relay',
    noMicrophone: 'O microfone ainda não está permitido. Você pode escrever; a resposta vem em texto.',
    answered: 'Essa foi a sua primeira resposta. O Parley está pronto.',
    finish: 'Concluir',
  },
  ready: {
    title: 'O Parley está à mão',
    open: 'Ainda falta:',
    ways: [
      'Clique no ícone do Parley na barra de ferramentas, na página de que você quer falar. Se não o vê, ele está atrás da peça de quebra-cabeça: fixe-o.',
      'O painel lateral mostra a conversa inteira, e ali você também pode escrever.',
      'Tudo pode ser mudado nas opções.',
    ],
    close: 'Fechar esta página',
  },
};
