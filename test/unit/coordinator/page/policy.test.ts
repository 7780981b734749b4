import { describe, expect, it, vi } from 'vitest';

vi.mock('wxt/browser', () => ({ browser: {} }));
const { refusalOfSite } = await import('../../../../lib/coordinator/page/policy.ts');

const nothing = { neverRead: [], askFirst: [], mayRead: [] };
const rule = (url: string, sites: Partial<Record<keyof typeof nothing, string[]>> = {}, allowed: string[] = []) =>
  refusalOfSite(url, { sites: { ...nothing, ...sites }, allowed })?.fault ?? 'read';

describe('our own list', () => {
  it.each(
    `https://www.chase.com/ https://secure.bankofamerica.com/ https://www.wellsfargo.com/ https://www.paypal.com/home
    https://www.hsbc.co.uk/ https://www.lloydsbank.com/ https://online.natwest.com/ https://app.revolut.com/
    https://www.sparkasse.de/ https://www.kreissparkasse-koeln.de/ https://meine.deutsche-bank.de/ https://www.ing.de/
    https://www.berliner-volksbank.de/ https://www.raiffeisen.at/ https://mabanque.bnpparibas/
    https://www.labanquepostale.fr/ https://particuliers.societegenerale.fr/ https://www.caixabank.es/
    https://www.bancosantander.es/ https://www.bankinter.com/ https://www.bancsabadell.com/ https://www.abanca.com/
    https://www.itau.com.br/ https://nubank.com.br/ https://banco.bradesco/ https://www2.bancobrasil.com.br/
    https://internetbanking.caixa.gov.br/ https://www.bancolombia.com/ https://www.bancochile.cl/ https://www.banorte.com/
    https://www.mercadopago.com.ar/ https://www.onlinesbi.sbi/ https://netbanking.hdfcbank.com/ https://paytm.com/
    https://mychart.example.org/ https://mychart-prod.hospital.org/ https://patientportal.clinic.example/
    https://www.myhealth.va.gov/ https://access.login.nhs.uk/ https://www.doctolib.de/ https://assure.ameli.fr/
    https://portaldopaciente.example.com.br/ https://misalud.example.es/
    https://mail.google.com/mail/u/0/ https://outlook.live.com/ https://mail.yahoo.co.jp/ https://webmail.example.org/
    https://email.t-online.de/ https://mail02.orange.fr/ https://navigator-bs.gmx.net/ https://www.icloud.com/mail
    https://correo.example.mx/`.split(/\s+/),
  )('asks before %s', (url) => {
    expect(rule(url)).toBe('ask-first');
  });

  it.each(
    `https://my.1password.com/ https://vault.bitwarden.com/ https://lastpass.com/ https://app.dashlane.com/
    https://passwords.google.com/ https://pass.proton.me/u/0`.split(/\s+/),
  )('never reads %s', (url) => {
    expect(rule(url)).toBe('never-read');
  });

  it.each(
    `https://example.org/bank https://en.wikipedia.org/wiki/Bank https://www.bbc.co.uk/news
    https://embankment.example/ https://www.banquet.org/ https://bankruptcy.example/ https://banksy.example/
    https://bancroft.example/ https://snowboarding.example/ https://healthline.com/ https://www.nhs.uk/conditions/flu/
    https://mailchimp.com/ https://blackmail.example/ https://docs.stripe.com/ https://wise.example/
    https://search.google.com/ https://notchase.com/ https://bb.com.br.example.net/ http://localhost:3000/
    http://127.0.0.1/ http://[::1]:8080/ file:///home/me/bank.html`.split(/\s+/),
  )('lets %s be read', (url) => {
    expect(rule(url)).toBe('read');
  });

  it.each([
    'HTTPS://WWW.PayPal.COM/',
    'https://www.paypal.com:8443/',
    'https://www.paypal.com./',
    'https://paypal.com../',
    'https://someone@paypal.com/',
  ])('knows a site however it is written: %s', (url) => {
    expect(rule(url)).toBe('ask-first');
  });
});

describe("the person's own lists", () => {
  it('come first, in their order', () => {
    const url = 'https://www.bbva.es/';
    expect(rule(url, { mayRead: ['bbva.es'] })).toBe('read');
    expect(rule(url, { mayRead: ['bbva.es'], askFirst: ['bbva.es'] })).toBe('ask-first');
    expect(rule(url, { mayRead: ['bbva.es'], askFirst: ['bbva.es'], neverRead: ['bbva.es'] })).toBe('never-read');
    expect(rule('https://bitwarden.com/', { mayRead: ['bitwarden.com'] })).toBe('read');
  });

  it('cover what is below a site, and nothing that only ends like it', () => {
    const neverRead = ['example.org', 'xn--mnchen-3ya.de'];
    expect(rule('https://a.b.example.org/', { neverRead })).toBe('never-read');
    expect(rule('https://EXAMPLE.org.:8080/', { neverRead })).toBe('never-read');
    expect(rule('https://www.münchen.de/', { neverRead })).toBe('never-read');
    expect(rule('https://notexample.org/', { neverRead })).toBe('read');
    expect(rule('https://example.org.evil.net/', { neverRead })).toBe('read');
  });
});

describe('a click', () => {
  it('allows one origin, and no list that never reads', () => {
    const allowed = ['https://www.bbva.es'];
    expect(rule('https://www.bbva.es/saldo', {}, allowed)).toBe('read');
    expect(rule('http://www.bbva.es/', {}, allowed)).toBe('ask-first');
    expect(rule('https://online.bbva.es/', {}, allowed)).toBe('ask-first');
    expect(rule('https://www.bbva.es/', { neverRead: ['bbva.es'] }, allowed)).toBe('never-read');
  });

  it('is needed wherever a password field is in view', () => {
    const sites = { ...nothing, mayRead: ['example.org'] };
    expect(refusalOfSite('https://example.org/', { sites, allowed: [] }, true)).toEqual({
      ok: false,
      fault: 'ask-first',
      askOrigin: 'https://example.org',
    });
    expect(refusalOfSite('https://example.org/', { sites, allowed: ['https://example.org'] }, true)).toBeNull();
    expect(refusalOfSite('file:///a.html', { sites, allowed: ['file://'] }, true)).toBeNull();
  });
});
