/** As much of a browser as a sign-in takes: it opens addresses in a tab, keeps cookies and follows redirects. */
import { once } from 'node:events';
import * as http from 'node:http';
import { text } from 'node:stream/consumers';

export interface Visit {
  /** Where it ended. */
  url: URL;
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

export class CookieBrowser {
  readonly cookies = new Map<string, string>();
  /** Every cookie that it was ever given. */
  readonly seen: string[] = [];
  readonly #headers: http.OutgoingHttpHeaders;

  /** `headers`: what it says of itself at every address. */
  constructor(headers: http.OutgoingHttpHeaders = {}) {
    this.#headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', ...headers };
  }

  /** Stops before an address that `before` knows: then the answer is the redirect to it. */
  async open(address: string, before: (url: URL) => boolean = () => false): Promise<Visit> {
    let url = new URL(address);
    for (let hops = 0; hops < 20; hops += 1) {
      const answer = await this.#get(url);
      const to = answer.headers.location;
      if (to === undefined) return { url, ...answer };
      url = new URL(to, url);
      if (before(url)) return { url, ...answer };
    }
    throw new Error('The redirects do not end.');
  }

  async #get(url: URL): Promise<Omit<Visit, 'url'>> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = http.get(url, {
      agent: false,
      headers: { ...this.#headers, ...(cookie === '' ? {} : { cookie }) },
    });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const { headers, statusCode: status = 0 } = response;
    for (const line of headers['set-cookie'] ?? []) this.#keep(line);
    return { status, headers, text: await text(response) };
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
    else {
      this.cookies.set(name, value);
      this.seen.push(value);
    }
  }
}
