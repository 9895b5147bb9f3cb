import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../../src/core/ports.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { ChaosLink } from './chaos-link.ts';
import type { ConnectionPlan, Fault } from './chaos-plan.ts';

export interface ChaosProxyOptions {
  readonly clock: Clock;
  readonly seed: number;
  /** Where the server listens on 127.0.0.1. */
  readonly serverPort: number;
  /** The first connection gets the first plan and so on; the last one repeats. */
  readonly connections: readonly ConnectionPlan[];
  /** Something moved: bytes, a connection, an end. */
  onMoved(): void;
  /** The plan says that the service itself fails now. */
  onServiceFault(connection: number, fault: Extract<Fault, { kind: 'service' }>): void;
}

/** A TCP proxy on 127.0.0.1 that breaks connections as planned, and never otherwise. */
export class ChaosProxy {
  readonly #options: ChaosProxyOptions;
  readonly #server: Server;
  readonly #streams = new Set<Socket>();
  #accepted = 0;
  #outageUntilMs = 0;
  readonly #cancels = new Set<() => void>();

  constructor(options: ChaosProxyOptions) {
    this.#options = options;
    this.#server = createServer((client) => this.#accept(client));
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v3/ws`;
  }

  async close(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    for (const stream of this.#streams) stream.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket): void {
    const { clock, connections, onMoved } = this.#options;
    onMoved();
    this.#follow(client);
    if (clock.now() < this.#outageUntilMs) {
      client.resetAndDestroy();
      return;
    }
    const number = this.#accepted;
    this.#accepted += 1;
    const plan = connections[Math.min(number, connections.length - 1)];
    if (plan?.answer === 'pass') this.#pass(client, number, plan);
    else if (plan?.answer === 'reset') client.resetAndDestroy();
    else if (plan?.answer === 'close') client.end();
    else client.resume();
  }

  #pass(client: Socket, number: number, plan: ConnectionPlan): void {
    const { clock, seed, serverPort, onMoved } = this.#options;
    const server = connect(serverPort, '127.0.0.1');
    this.#follow(server);
    const random = new SeededRandom(seed + number);
    const up = new ChaosLink({ clock, random, shape: plan.up, from: client, to: server, onMoved });
    const down = new ChaosLink({
      ...{ clock, random, onMoved },
      ...{ shape: plan.down, from: server, to: client },
    });
    client.on('close', () => up.finish());
    server.on('close', () => down.finish());
    const { fault } = plan;
    if (!fault) return;
    this.#after(fault.atMs, () => this.#break(fault, { number, client, server, up, down }));
  }

  #break(
    fault: Fault,
    { number, client, server, up, down }: Connection & { readonly number: number },
  ): void {
    const { clock, onMoved, onServiceFault } = this.#options;
    onMoved();
    switch (fault.kind) {
      case 'reset':
      case 'close':
        this.#outageUntilMs = clock.now() + fault.outageMs;
        up.close();
        down.close();
        server.destroy();
        if (fault.kind === 'reset') client.resetAndDestroy();
        else client.destroy();
        break;
      case 'half-open':
        this.#outageUntilMs = clock.now() + fault.outageMs;
        up.stall();
        down.stall();
        break;
      case 'stall': {
        const links = { up: [up], down: [down], both: [up, down] }[fault.direction];
        for (const link of links) link.stall();
        this.#after(fault.forMs, () => {
          for (const link of links) link.flow();
        });
        break;
      }
      case 'service':
        onServiceFault(number, fault);
        break;
      default:
        fault satisfies never;
    }
  }

  #follow(stream: Socket): void {
    stream.setNoDelay(true);
    this.#streams.add(stream);
    // What was reset is reported as an error first; the end is all that matters here.
    stream.on('error', () => {});
    stream.on('close', () => {
      this.#options.onMoved();
      this.#streams.delete(stream);
    });
  }

  #after(delayMs: number, run: () => void): void {
    const cancel = this.#options.clock.schedule(delayMs, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }
}

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
  readonly up: ChaosLink;
  readonly down: ChaosLink;
}
