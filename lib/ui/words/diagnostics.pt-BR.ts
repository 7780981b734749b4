import type { DiagnosticsWords } from './diagnostics.ts';

export const words: DiagnosticsWords = {
  language: 'pt-BR',
  title: 'Se algo não funcionar',
  help: 'O diagnóstico diz qual é o Parley e qual é o navegador, como ele está configurado e como foi a última chamada. Não contém códigos, endereços nem nada do que você disse. Nada é enviado: você copia para quem for ajudar.',
  show: 'Ver o diagnóstico',
  label: 'O diagnóstico, como seria copiado',
  copy: 'Copiar o diagnóstico',
  copied: 'Copiado',
};
