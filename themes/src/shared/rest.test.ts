import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import type { Session } from "./host";
import { Problem } from "./problem";
import { Rest } from "./rest";

// Node 20 has none.
globalThis.navigator ??= { onLine: true } as Navigator;

const session = (over: Partial<Session> = {}): Session => ({
  token: "t1",
  updateToken: async () => true,
  login: async () => undefined,
  ...over,
});

function answering(...answers: readonly Response[]): ReturnType<typeof mock.method> {
  const left = [...answers];
  return mock.method(globalThis, "fetch", async () => left.shift() ?? Response.error());
}

const problem = (status: number, body: object): Response => Response.json(body, { status });

async function failure(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (thrown) {
    assert.ok(thrown instanceof Problem);
    return thrown;
  }
  throw new assert.AssertionError({ message: "It did not fail." });
}

afterEach(() => mock.restoreAll());

test("sends the token of the moment, and query parameters that have a value", async () => {
  const asked = answering(Response.json([1]));
  const found = await new Rest(session(), "http://kc/keys").send("/a", { query: { q: "x y", first: 0, none: undefined } });

  assert.deepEqual(found, [1]);
  const [address, options] = asked.mock.calls[0]?.arguments as [string, RequestInit];
  assert.equal(address, "http://kc/keys/a?q=x+y&first=0");
  assert.equal((options.headers as Record<string, string>)["Authorization"], "Bearer t1");
  assert.equal(options.credentials, "omit");
});

test("asks for a new token once when the one it has is refused", async () => {
  const wishes: number[] = [];
  const asked = answering(problem(401, {}), Response.json({ ok: true }));
  await new Rest(session({ updateToken: async (fresh) => wishes.push(fresh) > 0 }), "http://kc").send("");

  assert.equal(asked.mock.callCount(), 2);
  assert.deepEqual(wishes, [5, -1]);
});

test("knows that the session is over", async () => {
  const ended = session({ updateToken: async () => Promise.reject(new Error("over")) });
  assert.equal((await failure(new Rest(ended, "http://kc").send(""))).kind, "signed-out");
  assert.equal((await failure(new Rest(session({ token: undefined }), "http://kc").send(""))).kind, "signed-out");
});

test("a caller who is refused with the newest token has no access, however often they sign in", async () => {
  answering(problem(401, {}), problem(401, {}));
  const refused = await failure(new Rest(session(), "http://kc").send(""));
  assert.deepEqual([refused.kind, refused.status], ["forbidden", 403]);
});

test("reads problems with their fields", async () => {
  answering(
    problem(400, {
      type: "https://latchkey.io/problems/invalid-request",
      detail: "no",
      errors: [{ field: "allowedIps[1]", detail: "must be an address" }],
    }),
  );
  const found = await failure(new Rest(session(), "http://kc").send("", { method: "POST", body: {} }));

  assert.equal(found.kind, "invalid-request");
  assert.equal(found.of("allowedIps"), "must be an address");
  assert.equal(found.of("name"), undefined);
});

test("an answer that is no problem document is a problem all the same", async () => {
  answering(new Response("<html>", { status: 502 }));
  const found = await failure(new Rest(session(), "http://kc").send(""));
  assert.deepEqual([found.kind, found.status], ["unexpected", 502]);
});

test("a server that does not answer is unreachable", async () => {
  mock.method(globalThis, "fetch", async () => Promise.reject(new TypeError("offline")));
  assert.equal((await failure(new Rest(session(), "http://kc").send(""))).kind, "unreachable");
});

test("no content is no document", async () => {
  answering(new Response(null, { status: 204 }));
  assert.equal(await new Rest(session(), "http://kc").send("", { method: "DELETE" }), undefined);
});
