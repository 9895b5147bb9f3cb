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
