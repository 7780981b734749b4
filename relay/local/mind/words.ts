/** The fixed sentences. `{title}` and `{text}` are filled with the page's own words. */
export interface Phrases {
  greeting: string;
  identity: string;
  thanks: string;
  goodbye: string;
  cannot: string;
  unclear: string;
  notHeard: string;
  noTools: string;
  readFailed: string;
  englishOnly: string;
  /** Heard, but not one of the phrases known in this language. */
  fewPhrases: string;
  /** After being told to be quiet. */
  stopped: string;
  untitled: string;
  empty: string;
  title: string;
  summary: string;
  quote: string;
  notFound: string;
}

const english: Phrases = {
  greeting: 'Hello! Ask me something about the page you are looking at.',
  identity:
    'I am Parley’s offline engine. I can read the page you are on, give you its main points, and find the passage that answers your question. I cannot act on pages or know anything else.',
  thanks: 'You are welcome.',
  goodbye: 'Goodbye!',
  cannot: 'I cannot do that. The offline engine only answers questions about the page you are on.',
  unclear: 'I did not understand that. You can ask me a question about this page, or for its main points.',
  notHeard: 'I did not catch that. Could you say it again?',
  noTools: 'I can only answer questions about the page, and I was not given a way to read it.',
  readFailed: 'I could not read the page.',
  englishOnly: 'The offline engine understands speech in English only, but you can type to me.',
  fewPhrases: 'Offline I understand only a few phrases in this language. You can type to me.',
  stopped: 'All right.',
  untitled: 'a page without a title',
  empty: 'I found no text to read on {title}.',
  title: 'The page is called: {title}.',
  summary: 'This is {title}. It says: {text}',
  quote: 'The page says: {text}',
  notFound: 'I did not find that on the page. It is called: {title}.',
};

const portuguese: Phrases = {
  greeting: 'Olá! Pergunte-me algo sobre a página que você está vendo.',
  identity:
    'Sou o motor offline do Parley. Posso ler a página em que você está, dizer os pontos principais e achar o trecho que responde à sua pergunta. Não posso agir nas páginas nem sei mais nada.',
  thanks: 'De nada.',
  goodbye: 'Até logo!',
  cannot: 'Não consigo fazer isso. O motor offline só responde a perguntas sobre a página em que você está.',
  unclear: 'Não entendi. Você pode fazer uma pergunta sobre esta página ou pedir os pontos principais.',
  notHeard: 'Não ouvi bem. Pode repetir?',
  noTools: 'Só respondo a perguntas sobre a página, e não recebi um modo de lê-la.',
  readFailed: 'Não consegui ler a página.',
  englishOnly: 'O motor offline só entende fala em inglês, mas você pode digitar para mim.',
  fewPhrases:
    'Sem conexão só entendo algumas frases em português, por exemplo: resuma esta página, qual é o horário, ou quanto custa. Para o resto, digite.',
  stopped: 'Está bem.',
  untitled: 'uma página sem título',
  empty: 'Não encontrei texto para ler em {title}.',
  title: 'A página se chama: {title}.',
  summary: 'Esta é {title}. Ela diz: {text}',
  quote: 'A página diz: {text}',
  notFound: 'Não encontrei isso na página. Ela se chama: {title}.',
};

const spanish: Phrases = {
  greeting: '¡Hola! Pregúntame algo sobre la página que estás viendo.',
  identity:
    'Soy el motor sin conexión de Parley. Puedo leer la página en la que estás, decirte lo principal y encontrar el pasaje que responde a tu pregunta. No puedo actuar en las páginas ni sé nada más.',
  thanks: 'De nada.',
  goodbye: '¡Hasta luego!',
  cannot: 'No puedo hacer eso. El motor sin conexión solo responde preguntas sobre la página en la que estás.',
  unclear: 'No te he entendido. Puedes hacerme una pregunta sobre esta página o pedirme lo principal.',
  notHeard: 'No te he oído bien. ¿Puedes repetirlo?',
  noTools: 'Solo respondo preguntas sobre la página, y no tengo manera de leerla.',
  readFailed: 'No he podido leer la página.',
  englishOnly: 'El motor sin conexión solo entiende el habla en inglés, pero puedes escribirme.',
  fewPhrases:
    'Sin conexión solo entiendo algunas frases en español, por ejemplo: resume esta página, cuál es el horario, o cuánto cuesta. Para lo demás, escríbeme.',
  stopped: 'De acuerdo.',
  untitled: 'una página sin título',
  empty: 'No encontré texto que leer en {title}.',
  title: 'La página se llama: {title}.',
  summary: 'Esta es {title}. Dice: {text}',
  quote: 'La página dice: {text}',
  notFound: 'No encontré eso en la página. Se llama: {title}.',
};

/** The sentences of a language (BCP 47); English for those without. */
export function phrases(language: string): Phrases {
  const primary = language.toLowerCase().split('-')[0];
  if (primary === 'pt') return portuguese;
  return primary === 'es' ? spanish : english;
}

/** Puts the page's words into a sentence. They are inserted as they are: nothing in them is looked at again. */
export function fill(sentence: string, values: { title?: string; text?: string }): string {
  return sentence
    .replace(/\{(title|text)\}/g, (_, key: 'title' | 'text') => values[key] ?? '')
    .replace(/([.!?…])\.$/, '$1');
}
