import { mock } from "node:test";
import type { ApiKey, Balance, SelfServicePolicy } from "../shared/keys";
import { issued, key, terms } from "./documents";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Answers as the self-service does, as far as the page can tell. */
export class FakeServer {
  readonly asked: Asked[] = [];
  keys: readonly ApiKey[] = [key({})];
  terms: SelfServicePolicy = terms({});
  credits: readonly Balance[] = [];
  /** Answers the next change with this instead. */
  next: Response | undefined;
  /** What answers wait for, by what the path holds. */
  readonly held = new Map<string, () => Promise<unknown>>();
  /** Whether no token is good enough. */
  refuses = false;

  constructor() {
    mock.method(globalThis, "fetch", async (address: string, options?: RequestInit) => {
      const answer = this.answer(address, options);
      await [...this.held].find(([part]) => address.includes(part))?.[1]();
      return answer;
    });
  }

  changes(): readonly Asked[] {
    return this.asked.filter((one) => one.method !== "GET");
  }

  problem(status: number, kind: string, more: object = {}): void {
    this.next = Response.json({ type: `https://latchkey.io/problems/${kind}`, detail: kind, ...more }, { status });
  }

  private answer(address: string, options: RequestInit = {}): Response {
    const url = new URL(address);
    const path = url.pathname.replace("/realms/demo/api-keys", "");
    const method = options.method ?? "GET";
    const body: unknown = typeof options.body === "string" ? JSON.parse(options.body) : undefined;
    this.asked.push({ method, path, query: url.search, body, headers: (options.headers ?? {}) as Record<string, string> });
    if (path.startsWith("/resources/")) {
      return Response.json([]);
    }
    if (this.refuses) {
      return new Response(null, { status: 401 });
    }
    const next = this.next;
    if (next && method !== "GET") {
      this.next = undefined;
      return next;
    }
    return method === "GET" ? this.read(path) : this.change(method, path, body);
  }

  private read(path: string): Response {
    switch (path) {
      case "/policy":
        return Response.json(this.terms);
      case "/credits":
        return Response.json(this.credits);
      case "/usage/daily":
        return Response.json([{ keyId: "aBcDeFgHiJkL", days: [{ day: new Date().toISOString().slice(0, 10), accepted: 42, rejected: 0 }] }]);
      default:
        return Response.json(this.keys);
    }
  }

  private change(method: string, path: string, body: unknown): Response {
    if (method === "DELETE") {
      this.keys = this.keys.filter((one) => !path.endsWith(one.id));
      return new Response(null, { status: 204 });
    }
    if (method === "PATCH") {
      const changed = { ...(this.keys.find((one) => path.endsWith(one.id)) ?? key({})), ...(body as object) };
      const status = changed.enabled ? "active" : "disabled";
      this.keys = this.keys.map((one) => (one.id === changed.id ? { ...changed, status } : one));
      return Response.json({ ...changed, status });
    }
    const { key: _, ...listed } = issued(body as object);
    this.keys = [...this.keys, listed];
    return Response.json(issued(body as object), { status: 201 });
  }
}
