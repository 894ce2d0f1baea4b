import { mock } from "node:test";
import type { CallerPermissions, DailyApiUsage, Plan, EffectivePolicy } from "../admin/documents";
import type { ApiKey, Balance } from "../shared/keys";
import { access, inForce, schema } from "./adminDocuments";
import { issued, key } from "./documents";
import type { Asked } from "./fakeServer";

/** Answers as the administrators' REST does, as far as the page can tell. */
export class AdminServer {
  readonly asked: Asked[] = [];
  access: CallerPermissions = access({});
  keys: readonly ApiKey[] = [key({})];
  count: number | undefined;
  policy: EffectivePolicy = inForce({});
  plans: readonly Plan[] = [];
  usage: readonly DailyApiUsage[] = [];
  credits: readonly Balance[] | undefined = [];
  /** Answers the next change with this instead. */
  next: Response | undefined;
  /** The ids of users by name. */
  users: Readonly<Record<string, string>> = {};
  /** What reading waits for, by what its path holds. */
  readonly held = new Map<string, () => Promise<unknown>>();

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

  private answer(address: string, options: RequestInit = {}): Response {
    const url = new URL(address);
    const path = url.pathname.replace("/admin/realms/demo", "") + url.search;
    const method = options.method ?? "GET";
    const body: unknown = typeof options.body === "string" ? JSON.parse(options.body) : undefined;
    this.asked.push({ method, path, body, headers: (options.headers ?? {}) as Record<string, string> });
    const next = this.next;
    if (next && method !== "GET") {
      this.next = undefined;
      return next;
    }
    return method === "GET" ? this.read(url, path) : this.change(method, path, body);
  }

  private read(url: URL, path: string): Response {
    const name = url.pathname.split("/api-keys")[1];
    switch (name) {
      case "/access":
        return Response.json(this.access);
      case "/count":
        return Response.json({ count: this.count ?? this.keys.length });
      case "/policy":
        return Response.json(this.policy);
      case "/policy/schema":
        return Response.json(schema);
      case "/usage":
        return Response.json(this.usage);
      case "/allowances/current":
        return this.credits ? Response.json(this.credits) : Response.json({ type: "https://latchkey.io/problems/not-found" }, { status: 404 });
      case "/plans":
        return Response.json(this.plans);
      case "":
        return Response.json(this.keys);
      default:
        return this.readOne(name) ?? this.readUser(url) ?? Response.json(path.startsWith("/users/u1") ? { username: "alice" } : []);
    }
  }

  private readOne(name: string | undefined): Response | undefined {
    const found = this.keys.find((one) => name === `/${one.id}`);
    return found && Response.json(found, { headers: { ETag: '"7"' } });
  }

  private readUser(url: URL): Response | undefined {
    const id = this.users[url.searchParams.get("username") ?? ""];
    return id ? Response.json([{ id }]) : undefined;
  }

  private change(method: string, path: string, body: unknown): Response {
    if (method === "DELETE") {
      this.keys = this.keys.filter((one) => !path.endsWith(one.id));
      return new Response(null, { status: 204 });
    }
    if (path === "/api-keys/lookup") {
      const found = this.keys.find((one) => (body as { key: string }).key.includes(one.id));
      return found ? Response.json(found) : Response.json({ type: "https://latchkey.io/problems/not-found" }, { status: 404 });
    }
    if (path === "/api-keys/revoke") {
      const revoked = this.keys.length;
      this.keys = [];
      return Response.json({ revoked, more: false });
    }
    if (path === "/api-keys/policy") {
      this.policy = { ...(body as EffectivePolicy), faults: [], removed: [] };
      return Response.json(this.policy);
    }
    if (method === "PATCH") {
      return Response.json({ ...this.keys.find((one) => path.endsWith(one.id)), ...(body as object) });
    }
    const { owner: _, ...settings } = body as { owner: unknown };
    return Response.json(issued(settings), { status: 201 });
  }
}
