/** A client's side of every call, seen between the SDK and an embedded Athena: the witness of a sweep. */
import { AthenaClient, ListWorkGroupsCommand } from '@aws-sdk/client-athena';
import { CLIENT_DEFAULTS } from '../../../lambda/athena/athena-sessions.js';
import { EmbeddedAthena, inProcessHandler, type JsonObject } from '../../../local/athena/index.js';
import { isJsonObject } from '../../../local/athena/wire/json.js';
import { unsigned } from '../../support/unsigned.js';
import { OPERATIONS, type SweepOperation } from './scenario.js';

/** One attempt at one call, as the client saw it. */
export interface Exchange {
  readonly region: string;
  readonly operation: SweepOperation;
  readonly input: JsonObject;
  readonly sent: Moment;
  /** Missing where no answer came. */
  answered?: Moment;
  /** Missing where the answer was an error or could not be read. */
  output?: JsonObject;
  /** The code of the error that was answered, and what it said. */
  error?: string;
  errorMessage?: string;
}

/** Milliseconds of simulated time, and the place in the order of all that was sent and answered. */
export interface Moment {
  readonly at: number;
  readonly order: number;
}

/** What goes wrong before a call reaches the service, or after its answer has left it. */
export interface WireFault {
  readonly what: 'connection refused' | 'never a whole answer';
  readonly operation?: SweepOperation | undefined;
  readonly region?: string | undefined;
  readonly after: number;
  readonly times: number;
}

export interface WireOptions {
  readonly faults: readonly WireFault[];
  /** Listings give pages no larger than this. */
  readonly pageSize: number;
  /** What the service says a workgroup's engine is, by region and name; undefined: nothing. */
  readonly enginesShown: ReadonlyMap<string, string | undefined>;
}

type Handler = ReturnType<typeof inProcessHandler>;
type Handle = Handler['handle'];
type Request = Parameters<Handle>[0];
type Options = Parameters<Handle>[1];
type Answer = Awaited<ReturnType<Handle>>;

/** The client of a region, and who answers it; made once, because making one takes longer than a sweep. */
class Line {
  readonly client: AthenaClient;
  /** At first nothing is there. */
  answer: Handle = async () => ({ response: { statusCode: 200, headers: {}, body: utf8.encode('{}') } });

  constructor(region: string, like: Handler) {
    const handle = (request: Request, options?: Options) => this.answer(request, options);
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'simulated' };
    const requestHandler = { ...like, handle };
    const signer = unsigned(credentials.accessKeyId, region);
    this.client = new AthenaClient({ ...CLIENT_DEFAULTS, region, credentials, requestHandler, signer });
  }
}

const lines = new Map<string, Line>();
const utf8 = {
  encode: (text: string) => new TextEncoder().encode(text),
  decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
};

/** A client's first call loads modules, which takes real time: to be done before time is simulated. */
export async function prepareClients(regions: readonly string[]): Promise<void> {
  for (const region of regions) {
    if (lines.has(region)) continue;
    const line = new Line(region, inProcessHandler(new EmbeddedAthena()));
    await line.client.send(new ListWorkGroupsCommand({}));
    lines.set(region, line);
  }
}

/** The wire between the clients of one simulated sweep and its embedded Athena. */
export class Wire {
  readonly exchanges: Exchange[] = [];
  readonly #handler: Handler;
  readonly #faults: (WireFault & { seen: number; struck: number })[];
  #order = 0;

  constructor(
    athena: EmbeddedAthena,
    private readonly options: WireOptions,
  ) {
    this.#faults = options.faults.map((fault) => ({ ...fault, seen: 0, struck: 0 }));
    const { requestTimeout } = CLIENT_DEFAULTS.requestHandler;
    this.#handler = inProcessHandler(athena, { requestTimeoutMs: requestTimeout });
  }

  /** The faults that the wire itself has, and how often it had each. */
  get faults(): readonly { readonly what: WireFault['what']; readonly struck: () => number }[] {
    return this.#faults.map((fault) => ({ what: fault.what, struck: () => fault.struck }));
  }

  /** The client of a region, which is this wire's until another wire asks for it. */
  client(region: string): AthenaClient {
    const line = lines.get(region);
    if (!line) throw new Error(`the client of ${region} was not prepared`);
    // What the client learnt of the service's clock on another wire.
    line.client.config.systemClockOffset = 0;
    line.answer = (request: Request, options?: Options) => this.#exchange(region, request, options);
    return line.client;
  }

  async #exchange(region: string, request: Request, options: Options) {
    const target = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-amz-target');
    const operation = operationOf(String(target?.[1]));
    const input: JsonObject = JSON.parse(utf8.decode(request.body));
    const exchange: Exchange = { region, operation, input, sent: this.#moment() };
    this.exchanges.push(exchange);
    const fault = this.#nextFault(exchange);
    if (fault === 'connection refused') throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const smaller = { ...input, MaxResults: Math.min(Number(input.MaxResults), this.options.pageSize) };
    const isListing = operation === 'ListSessions' || operation === 'ListWorkGroups';
    const asked = isListing
      ? Object.assign(request, { body: utf8.encode(JSON.stringify(smaller)) })
      : request;
    const raw = await this.#handler.handle(asked, options);
    if (fault === 'never a whole answer') return new Promise<never>(() => {});
    exchange.answered = this.#moment();
    return this.#bent(exchange, raw);
  }

  #nextFault({ operation, region }: Exchange): WireFault['what'] | undefined {
    return this.#faults.find((fault) => {
      if ((fault.operation ?? operation) !== operation || (fault.region ?? region) !== region) return false;
      fault.seen += 1;
      const strikes = fault.seen > fault.after && fault.seen <= fault.after + fault.times;
      if (strikes) fault.struck += 1;
      return strikes;
    })?.what;
  }

  /** Notes what was answered, and shows engines as the scenario wants them shown. */
  #bent(exchange: Exchange, answer: Answer): Answer {
    const { response } = answer;
    if (!(response.body instanceof Uint8Array)) return answer;
    const body = parsed(utf8.decode(response.body));
    if (response.statusCode !== 200) {
      exchange.error = String(body?.__type);
      exchange.errorMessage = String(body?.Message);
    } else if (body && exchange.operation === 'ListWorkGroups') {
      exchange.output = this.#withEngines(exchange.region, body);
      response.body = utf8.encode(JSON.stringify(exchange.output));
    } else if (body) exchange.output = body;
    return answer;
  }

  #withEngines(region: string, body: JsonObject): JsonObject {
    const { WorkGroups } = body;
    if (!Array.isArray(WorkGroups)) return body;
    const shown = WorkGroups.map((workgroup: { Name: string } | null) => {
      const key = `${region}/${workgroup?.Name}`;
      if (!workgroup || !this.options.enginesShown.has(key)) return workgroup;
      return { ...workgroup, EngineVersion: { EffectiveEngineVersion: this.options.enginesShown.get(key) } };
    });
    return { ...body, WorkGroups: shown };
  }

  #moment(): Moment {
    this.#order += 1;
    return { at: Date.now(), order: this.#order };
  }
}

const SWEEP_OPERATIONS = new Map<string, SweepOperation>(
  OPERATIONS.map((name) => [`AmazonAthena.${name}`, name]),
);

function operationOf(target: string): SweepOperation {
  const operation = SWEEP_OPERATIONS.get(target);
  if (!operation) throw new Error(`a sweep never calls ${target}`);
  return operation;
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
