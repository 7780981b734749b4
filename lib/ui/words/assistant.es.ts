import type { AssistantWords } from './assistant.ts';

export const words: AssistantWords = {
  language: 'es',
  preferred: 'El que prefiera el relay',
  priced: (model, usd) => `${model}: unos ${usd} por minuto`,
  other: 'Otro modelo…',
  otherName: 'Nombre del modelo',
  perMinute: (usd) =>
    `Unos ${usd} por minuto de conversación. Tu relay puede aceptar solo algunos modelos: pregúntale.`,
  preferredPrice: 'El coste es el del modelo que elija el relay. Pregúntale cuál es.',
  unpriced:
    'Parley no conoce el precio de este modelo: las llamadas muestran tokens en lugar de dinero, y los límites de gasto no las terminan. Puede que tu relay no lo acepte: pregúntale.',
  ask: 'Preguntar al relay',
  prices: 'Cómo se calcula el coste',
  pricesHelp: (day) =>
    `Un minuto de conversación se cuenta mitad tuyo y mitad del asistente, en cuatro respuestas, con tus palabras transcritas. Una página larga añade uno o dos centavos de dólar. Precios de lista del ${day}, en dólares por millón de tokens; lo que cuenta es la factura del proveedor.`,
  kinds: { text: 'Texto', audio: 'Sonido', image: 'Imágenes' },
  rate: (kind, input, again, output) => `${kind}: ${input} de entrada, ${again} releído, ${output} de salida`,
  rateIn: (kind, input, again) => `${kind}: ${input} de entrada, ${again} releído`,
  voiceHelp: 'El proveedor recomienda marin y cedar. Todas las voces cuestan lo mismo.',
  style: 'Cómo responde',
  styles: {
    plain: { name: 'De forma sencilla', help: 'De una a tres frases cortas, y más cuando lo pides.' },
    short: {
      name: 'Muy breve',
      help: 'Con las menos palabras posibles. También es lo más barato: el habla es lo que más cuesta.',
    },
    teacher: {
      name: 'Como profesor',
      help: 'Paso a paso, con un ejemplo y una pregunta para ver si quedó claro. Las respuestas más largas cuestan más.',
    },
    translator: {
      name: 'Como intérprete',
      help: 'Dice en el otro idioma lo que dices, y al revés. Los pasajes de la página se traducen para ti.',
    },
    reading: {
      name: 'Como compañía de lectura',
      help: 'Recorre la página contigo, parte por parte, y explica las palabras difíciles. Lee más de la página, y eso cuesta más.',
    },
  },
  notes: 'Sobre ti',
  notesHelp:
    'Lo que debe saber en cada llamada: tu nombre, tu trabajo, lo que conoces bien. Esto va a tu relay y al proveedor con cada llamada; el texto más largo cuesta alrededor de un centavo de dólar por llamada. Deja fuera lo que no deban saber.',
  tooLong: 'Esto es más de lo que cabe en una llamada: el final de tus notas queda fuera. Acórtalas.',
  told: 'Lo que se envía de esto',
  toldHelp:
    'Exactamente estas palabras van con cada llamada, después de las reglas de Parley y de las de tu relay. Están en inglés porque son para el modelo; responde en tu idioma.',
  toldNothing: 'Nada: solo las reglas de Parley y las de tu relay.',
};
