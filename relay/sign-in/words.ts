/** What the pages of the sign-in say, in the languages that the extension speaks. */
import type { SignInExtras, Why } from './refusal.ts';

export interface SignInWords {
  /** BCP 47. */
  language: string;
  title: string;
  done: {
    title: string;
    intro: (name: string) => string;
    link: string;
    linkHelp: string;
    byHand: string;
    relay: string;
    code: string;
    ends: string;
  };
  refused: Record<Why, { title: string; text: (extras: SignInExtras) => string }>;
  again: string;
}

const en: SignInWords = {
  language: 'en',
  title: 'Sign in to the Parley relay',
  done: {
    title: 'You are signed in',
    intro: (name) => `The relay knows you as ${name}. Now connect Parley in this browser.`,
    link: 'Pairing link',
    linkHelp: 'Copy the link and paste it into the address bar. A click cannot open it.',
    byHand: 'Or type these two into Parley’s welcome page, under “Pairing link”:',
    relay: 'Relay',
    code: 'Pairing code',
    ends: 'It works once, for 10 minutes. Show it to nobody: it connects a browser in your name.',
  },
  refused: {
    over: {
      title: 'This sign-in is over',
      text: () =>
        'It was finished before, took longer than 10 minutes, or was begun in another browser. Begin again, and let this site keep cookies.',
    },
    cancelled: {
      title: 'You did not sign in',
      text: () => 'The sign-in was cancelled, or your account may not use it. Nothing was connected.',
    },
    notAllowed: {
      title: 'This account may not use the relay',
      text: ({ who }) =>
        `You signed in as ${who}, and that account is not among those let in. Use another account, or ask whoever looks after the relay to let this one in.`,
    },
    unreachable: {
      title: 'The sign-in cannot be reached',
      text: () =>
        'Your company’s sign-in does not answer the relay. Try again in a minute; if that does not help, tell whoever looks after the relay.',
    },
    failed: {
      title: 'The sign-in failed',
      text: () =>
        'Your company’s sign-in answered something that the relay cannot take. Try again; if that does not help, tell whoever looks after the relay: its log has the reason.',
    },
    busy: {
      title: 'Too many tries',
      text: ({ waitS }) => `Too much was asked from your network. Try again in ${waitS} seconds.`,
    },
  },
  again: 'Sign in again',
};

const ptBR: SignInWords = {
  language: 'pt-BR',
  title: 'Entrar no relay do Parley',
  done: {
    title: 'Você entrou',
    intro: (name) => `O relay conhece você como ${name}. Agora conecte o Parley neste navegador.`,
    link: 'Link de pareamento',
    linkHelp: 'Copie o link e cole na barra de endereços. Um clique não consegue abri-lo.',
    byHand: 'Ou digite estes dois na página de boas-vindas do Parley, em “Link de pareamento”:',
    relay: 'Relay',
    code: 'Código de pareamento',
    ends: 'Vale uma vez, por 10 minutos. Não mostre a ninguém: ele conecta um navegador em seu nome.',
  },
  refused: {
    over: {
      title: 'Esta entrada já acabou',
      text: () =>
        'Ela já foi concluída, levou mais de 10 minutos ou começou em outro navegador. Comece de novo e deixe este site guardar cookies.',
    },
    cancelled: {
      title: 'Você não entrou',
      text: () => 'A entrada foi cancelada, ou sua conta não pode usá-la. Nada foi conectado.',
    },
    notAllowed: {
      title: 'Esta conta não pode usar o relay',
      text: ({ who }) =>
        `Você entrou como ${who}, e essa conta não está entre as permitidas. Use outra conta, ou peça a quem cuida do relay que permita esta.`,
    },
    unreachable: {
      title: 'Não é possível alcançar a entrada',
      text: () =>
        'A entrada da sua empresa não responde ao relay. Tente de novo em um minuto; se não adiantar, avise quem cuida do relay.',
    },
    failed: {
      title: 'A entrada falhou',
      text: () =>
        'A entrada da sua empresa respondeu algo que o relay não pode aceitar. Tente de novo; se não adiantar, avise quem cuida do relay: o motivo está no registro dele.',
    },
    busy: {
      title: 'Tentativas demais',
      text: ({ waitS }) => `Houve pedidos demais da sua rede. Tente de novo em ${waitS} segundos.`,
    },
  },
  again: 'Entrar de novo',
};

const es: SignInWords = {
  language: 'es',
  title: 'Iniciar sesión en el relay de Parley',
  done: {
    title: 'Has iniciado sesión',
    intro: (name) => `El relay te conoce como ${name}. Ahora conecta Parley en este navegador.`,
    link: 'Enlace de emparejamiento',
    linkHelp: 'Copia el enlace y pégalo en la barra de direcciones. Con un clic no se puede abrir.',
    byHand: 'O escribe estos dos en la página de bienvenida de Parley, en «Enlace de emparejamiento»:',
    relay: 'Relay',
    code: 'Código de emparejamiento',
    ends: 'Sirve una vez, durante 10 minutos. No se lo muestres a nadie: conecta un navegador en tu nombre.',
  },
  refused: {
    over: {
      title: 'Este inicio de sesión ya terminó',
      text: () =>
        'Ya se completó, tardó más de 10 minutos o empezó en otro navegador. Empieza de nuevo y deja que este sitio guarde cookies.',
    },
    cancelled: {
      title: 'No has iniciado sesión',
      text: () => 'El inicio de sesión se canceló, o tu cuenta no puede usarlo. No se conectó nada.',
    },
    notAllowed: {
      title: 'Esta cuenta no puede usar el relay',
      text: ({ who }) =>
        `Iniciaste sesión como ${who}, y esa cuenta no está entre las admitidas. Usa otra cuenta, o pide a quien cuida del relay que admita esta.`,
    },
    unreachable: {
      title: 'No se puede llegar al inicio de sesión',
      text: () =>
        'El inicio de sesión de tu empresa no responde al relay. Inténtalo de nuevo en un minuto; si no ayuda, avisa a quien cuida del relay.',
    },
    failed: {
      title: 'El inicio de sesión falló',
      text: () =>
        'El inicio de sesión de tu empresa respondió algo que el relay no puede aceptar. Inténtalo de nuevo; si no ayuda, avisa a quien cuida del relay: su registro tiene el motivo.',
    },
    busy: {
      title: 'Demasiados intentos',
      text: ({ waitS }) => `Hubo demasiadas peticiones desde tu red. Inténtalo de nuevo en ${waitS} segundos.`,
    },
  },
  again: 'Iniciar sesión otra vez',
};

export const allWords: readonly SignInWords[] = [en, ptBR, es];

/** For an `Accept-Language` header: the first of its languages that is there, or English. */
export function wordsFor(accepted: string | undefined): SignInWords {
  const wanted = (accepted ?? '').split(',').map((each) => each.trim().slice(0, 2).toLowerCase());
  const found = wanted.map((each) => allWords.find(({ language }) => language.startsWith(each) && each !== ''));
  return found.find((words) => words !== undefined) ?? en;
}
