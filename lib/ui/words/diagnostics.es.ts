import type { DiagnosticsWords } from './diagnostics.ts';

export const words: DiagnosticsWords = {
  language: 'es',
  title: 'Si algo no funciona',
  help: 'El diagnóstico dice qué Parley y qué navegador son, cómo está configurado y cómo fue la última llamada. No contiene códigos, direcciones ni nada de lo que dijiste. No se envía nada: lo copias tú para quien te ayude.',
  show: 'Ver el diagnóstico',
  label: 'El diagnóstico, tal como se copiaría',
  copy: 'Copiar el diagnóstico',
  copied: 'Copiado',
};
