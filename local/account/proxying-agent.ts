/** Connections through the proxy that the environment names for an address, or straight where it names none. */
import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** Honours `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in small letters too. */
export class ProxyingAgent extends Agent {
  readonly #direct: { readonly http: HttpAgent; readonly https: HttpsAgent };
  readonly #proxies = new Map<string, HttpsProxyAgent<string>>();

  constructor(private readonly agentOptions: AgentOptions) {
    super(agentOptions);
    this.#direct = { http: new HttpAgent(agentOptions), https: new HttpsAgent(agentOptions) };
  }

  override connect(request: ClientRequest, { secureEndpoint }: AgentConnectOpts): HttpAgent {
    const protocol = secureEndpoint ? 'https' : 'http';
    const proxy = getProxyForUrl(`${protocol}://${request.getHeader('host')}`);
    return proxy === '' ? this.#direct[protocol] : this.#through(proxy);
  }

  #through(proxy: string): HttpsProxyAgent<string> {
    const known = this.#proxies.get(proxy);
    if (known) return known;
    const agent = new HttpsProxyAgent(proxy, this.agentOptions);
    this.#proxies.set(proxy, agent);
    return agent;
  }
}
