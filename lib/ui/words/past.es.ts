import type { PastWords } from './past.ts';

export const words: PastWords = {
  language: 'es',
  title: 'Llamadas anteriores',
  back: 'Volver a la llamada',
  toList: 'Todas las llamadas anteriores',
  search: 'Buscar en las llamadas anteriores',
  searching: 'Buscando…',
  nothing: (query) => `Ninguna llamada anterior contiene «${query}».`,
  empty: {
    keeps: 'Todavía no hay llamadas. Se guardan aquí, solo en este navegador, a medida que las haces.',
    keepsNot: 'Las llamadas no se guardan. Puedes activarlo en las opciones.',
  },
  untitled: 'Llamada sin palabras',
  goOn: { talk: 'Seguir hablando', write: 'Seguir por escrito' },
  goOnHelp: 'Lo que se dijo se vuelve a enviar al proveedor, como texto, para que el asistente lo sepa.',
  busy: 'Cuelga primero; después puedes seguir con esta llamada.',
  pinned: 'Fijada',
  pin: 'Fijar',
  unpin: 'Dejar de fijar',
  rename: 'Cambiar el nombre',
  name: 'Nombre de la llamada',
  save: 'Guardar',
  cancel: 'Cancelar',
  exportAs: { md: 'Exportar en Markdown', json: 'Exportar en JSON' },
  exportAll: 'Exportar todo en JSON',
  remove: 'Borrar',
  removeAsk: '¿Borrar esta llamada para siempre?',
  removeAll: 'Borrar todas',
  removeAllAsk: (count) => `¿Borrar para siempre todas las llamadas anteriores (${count}), también las fijadas?`,
  gone: 'Esta llamada ya no se guarda.',
  skipped: (count) => `Registros dañados que no se pudieron leer y se dejaron fuera: ${count}.`,
  goesNext: 'Se va primero',
  going: (count, usedMb, mostMb) =>
    `Se usan ${usedMb} de ${mostMb} MB. Cuando se llene el espacio, se van primero las llamadas más antiguas (${count}, marcadas abajo). Fija o exporta lo que quieras conservar.`,
  troubles: {
    newer:
      'Un Parley más nuevo escribió estas llamadas. Aquí puedes leerlas y exportarlas; para cambiarlas, actualiza Parley.',
    full: 'El navegador no tiene más espacio, así que no se cambió nada. Borra llamadas que no necesites.',
    unavailable:
      'El navegador no da las llamadas anteriores. Cierra otras ventanas de este perfil e inténtalo otra vez.',
  },
  notKept: {
    newer:
      'Esta llamada no se guarda: un Parley más nuevo lleva aquí las llamadas. Actualiza Parley para guardar las próximas.',
    full: 'El resto de esta llamada no se guarda: no queda espacio. Borra llamadas que no necesites.',
    unavailable:
      'Esta llamada no se guarda: el navegador no da las llamadas anteriores. Cierra otras ventanas de este perfil o copia lo que necesites.',
    deleted: 'Borraste esta llamada, así que el resto no se guarda. Copia lo que necesites.',
  },
  file: {
    person: 'Tú',
    assistant: 'Parley',
    interrupted: 'interrumpido',
    read: 'Leyó',
    failed: 'No pudo leer',
  },
};
