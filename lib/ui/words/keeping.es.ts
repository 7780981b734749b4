import type { KeepingWords } from './keeping.ts';

export const words: KeepingWords = {
  language: 'es',
  money: 'Dinero y tiempo',
  moneyHelp:
    'El proveedor cobra por token a la cuenta de tu relay: un minuto de charla cuesta unos centavos de dólar, y las respuestas y páginas largas cuestan más. Parley va sumando según la lista de precios del proveedor, en dólares. Es una estimación; lo que vale es la factura.',
  spent: (today, month) => `Gastado desde este navegador: ${today} hoy, ${month} este mes.`,
  caps: { callCapUsd: 'Como máximo por llamada (dólares)', dayCapUsd: 'Como máximo por día (dólares)' },
  noLimit: 'sin límite',
  badLimit: (most) => `Una cantidad de hasta ${most}, como 2,50, o nada para no tener límite.`,
  capsHelp:
    'Al 80 % Parley te avisa. Cuando se alcanza un límite, termina la llamada después de la respuesta en curso, así que el costo puede pasarse un poco.',
  idle: 'Colgar cuando nadie diga nada durante',
  idleHelp:
    'Una llamada abierta envía sonido, y puede costar dinero, aunque nadie hable. El ruido no la mantiene abierta. Se te avisa poco antes.',
  minutes: (count) => (count === '1' ? '1 minuto' : `${count} minutos`),
  seconds: (count) => `${count} segundos`,
  never: 'No colgar nunca por su cuenta',
  kept: 'Lo que se guarda',
  keepCalls: 'Guardar mis llamadas para leerlas y buscar en ellas',
  keepCallsHelp:
    'Las palabras de cada llamada, y los títulos y direcciones de las páginas leídas, se quedan en este navegador; ni sonido ni textos de páginas. Solo se vuelven a enviar cuando sigues con una llamada. Desactivado: la llamada se olvida al cerrar el navegador. Las que ya se guardaron siguen ahí hasta que las borres en el panel lateral.',
  file: 'Opciones en un archivo',
  fileHelp:
    'Para llevarlas a otro navegador. El archivo contiene lo que escribiste sobre ti, tus instrucciones y listas de sitios, pero no el código del dispositivo.',
  exportFile: 'Guardar en un archivo',
  importFile: 'Traer de un archivo…',
  importProblems: {
    'too-large': 'Este archivo es demasiado grande para ser opciones de Parley. Elige el que guardó Parley.',
    'not-json': 'No se puede leer este archivo. Elige el que guardó Parley.',
    'not-settings': 'Este archivo no contiene opciones de Parley. Elige el que guardó Parley.',
  },
  changes: (count) => (count === '1' ? 'Cambia una opción.' : `Cambian ${count} opciones.`),
  changesNothing: 'Todo esto ya está así aquí. No cambia nada.',
  otherRelay: (address) =>
    `El relay cambia a ${address}. Lo que digas irá allí desde entonces, y necesita su propio código del dispositivo. Sigue solo si conoces esta dirección.`,
  noRelay: 'El archivo no nombra ningún relay: se quitan el relay de este navegador y su código.',
  refused: (fields) => `No se entendió, y queda como está aquí: ${fields}.`,
  takeOver: 'Usar estas',
  cancel: 'Cancelar',
  takenOver: 'Hecho, ya valen.',
  notTakenOver: 'El navegador no guardó las opciones. Vuelve a intentarlo.',
  erase: 'Borrar todo',
  eraseHelp:
    'Termina la llamada en curso y quita todo lo que Parley guarda en este navegador. El código del dispositivo sigue valiendo en el relay hasta que se revoque allí, y el permiso del micrófono es del propio navegador.',
  holdings: {
    settings: (withToken) => (withToken ? 'Tus opciones, con el código del dispositivo del relay' : 'Tus opciones'),
    spend: (months) => `Cantidades gastadas (meses: ${months})`,
    calls: (count, mb) => `Llamadas anteriores: ${count} (${mb} MB)`,
    callsUnknown: 'Llamadas anteriores (el navegador no dice cuántas)',
    lastCall: 'La última llamada, hasta que se cierre el navegador',
    sites: (count) => `Acceso a sitios que permitiste: ${count}`,
  },
  eraseAsk: '¿Borrar todo esto para siempre? No hay vuelta atrás.',
  erased: 'Se ha borrado todo. Parley está como cuando se instaló.',
  left: (what) => `No se pudo borrar todo. Aún queda: ${what}. Vuelve a intentarlo o quita Parley del navegador.`,
  leftNames: {
    settings: 'opciones y cantidades',
    calls: 'llamadas anteriores',
    'last-call': 'la última llamada',
    sites: 'acceso a sitios',
  },
};
