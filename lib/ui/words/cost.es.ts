import type { CostWords } from './cost.ts';

export const words: CostWords = {
  language: 'es',
  call: 'Esta llamada',
  today: 'Hoy',
  month: 'Este mes',
  note: 'Estimado según la lista de precios; lo que vale es la factura del proveedor.',
  partial: 'Como mínimo: una parte no tiene precio conocido.',
};
