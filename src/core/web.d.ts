// The only platform globals the core may use: present and alike in Node, Deno, Bun and the
// extension host. Adding a line here is an architectural decision, so say why in the commit.
declare class URLSearchParams {
  set(name: string, value: string): void;
  get(name: string): string | null;
}
declare class URL {
  constructor(url: string | URL, base?: string | URL);
  readonly protocol: string;
  readonly hostname: string;
  readonly host: string;
  readonly username: string;
  readonly password: string;
  readonly search: string;
  readonly hash: string;
  readonly href: string;
  pathname: string;
  readonly searchParams: URLSearchParams;
  toString(): string;
}
declare class TextDecoder {
  decode(bytes: Uint8Array | undefined, options: { readonly stream: boolean }): string;
}

// For web-ports.ts alone, which biome.json sees to: the defaults of `dictate`'s ports.
declare const performance: { now(): number };
declare function setTimeout(task: () => void, delayMs: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare const WebSocket: unknown;

// What a caller hands in.
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
