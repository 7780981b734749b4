/**
 * Our own list of sites that hold private things: banks and payment, health portals, web mail (ask first), password
 * managers (never). By well-known names and by telling words, because no list knows every bank. A site too many costs one
 * click, a site too few a private page; the person's own lists come before it.
 */

/** Names that are a whole label of the host wherever it stands: `bbva` in bbva.es, www.bbva.mx and online.bbva. */
const askNames = split(
  `paypal venmo klarna skrill payoneer alipay revolut n26 mercadopago pagseguro picpay bizum paytm phonepe interac
  coinbase binance creditkarma robinhood etrade groww zerodha traderepublic
  wellsfargo citi capitalone americanexpress usaa schwab truist navyfederal hsbc barclays natwest monzo santander
  halifax-online ing comdirect bnpparibas credit-agricole societegenerale creditmutuel caisse-epargne fortuneo
  bbva bancsabadell unicaja ibercaja itau bradesco btgpactual sicredi sicoob banrisul serasa
  banorte banamex davivienda nequi uala viabcp onlinesbi sbi kotak icbc dbs ocbc mufg smbc westpac anz rbc bmo cibc
  desjardins absa tinkoff privat24
  kaiserpermanente followmyhealth athenahealth healow nhsapp doctolib ameli monespacesante conectesus meususdigital
  unimed hapvida doctoralia practo 1mg zocdoc teladoc onemedical betterhelp talkspace 23andme labcorp questdiagnostics
  aetna cigna myuhc humana sanitas adeslas quironsalud barmer
  gmail protonmail fastmail tuta tutanota gmx icloud rediffmail roundcube zimbra horde owa correo`,
);

/** Hosts with all below them, where the name alone would say too much or too little. */
const askHosts = split(
  `chase.com discover.com ally.com pnc.com fidelity.com vanguard.com wise.com cash.app pay.google.com wallet.google.com
  dashboard.stripe.com checkout.stripe.com kraken.com nationwide.co.uk halifax.co.uk dkb.de lcl.fr cic.fr imagin.com
  caixa.gov.br bb.com.br inter.co xpi.com.br bci.cl td.com nab.com.au fnb.co.za
  kp.org login.nhs.uk tk.de abdm.gov.in imss.gob.mx
  outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft web.de proton.me hey.com mailbox.org`,
);

const neverNames = split(
  `1password bitwarden vaultwarden lastpass dashlane keepersecurity nordpass enpass roboform passbolt psono logmeonce`,
);
const neverHosts = split('passwords.google.com pass.proton.me vault.zoho.com vault.zoho.eu vault.zoho.in');

/** Of a part of a label between hyphens. `embankment`, `banquet`, `bankruptcy` and `banks` are none. */
const bankWord =
  /(?:bank|banka|banking|banc[oa]|bancorp|creditunion)$|^bank(?!rupt|rate|s)|^banc[oa](?!d)|sparkasse|raiffeisen|banque(?!t)/;
/** Of a whole label: `webmail`, `mail2`, `mychart-prod`, `patient-portal`. */
const mailOrHealthWord =
  /^(?:web|e)?mail\d*$|^my-?(?:chart|health)|^(?:mi-?salud|meu-?saude)|^patient-?(?:portal|access|gateway)|^health-?portal|^portal-?(?:d[eo]l?-?)?pac?ient/;

/** `host`: lower case, in punycode, without port and trailing dot. */
export function ownRule(host: string): 'ask' | 'never' | null {
  const labels = host.split('.');
  if (labels.some((label) => neverNames.has(label)) || covers(neverHosts, host)) return 'never';
  const asks = labels.some(
    (label) =>
      askNames.has(label) || mailOrHealthWord.test(label) || label.split('-').some((part) => bankWord.test(part)),
  );
  return asks || covers(askHosts, host) ? 'ask' : null;
}

/** Is the host one of these, or below one? */
export function covers(sites: ReadonlySet<string>, host: string): boolean {
  for (let rest = host; rest; rest = rest.slice(rest.indexOf('.') + 1 || rest.length)) if (sites.has(rest)) return true;
  return false;
}

function split(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
