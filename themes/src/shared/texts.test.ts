import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { loadTexts, textsOf } from "./texts";

const host = { serverBaseUrl: "http://localhost:8080", realm: "my realm" };

afterEach(() => mock.restoreAll());

test("puts values in, and leaves what has none", () => {
  const t = textsOf<string>({ a: "{{x}} of {{ y }}, {{z}}" });
  assert.equal(t("a", { x: 1, y: "<b>" }), "1 of <b>, {{z}}");
});

test("what every object has is neither a text nor a value", () => {
  const t = textsOf<string>({ a: "{{constructor}}" });
  assert.deepEqual([t("toString"), t("a")], ["toString", "{{constructor}}"]);
});

test("what the realm says comes first, then English, then the name itself", async () => {
  const asked = mock.method(globalThis, "fetch", async () =>
    Response.json([
      { key: "apiKeysA", value: "from the realm" },
      { key: "other", value: "not ours" },
    ]),
  );
  const t = await loadTexts<string>(host, "account", "de", { apiKeysA: "English A", apiKeysB: "English B" });

  assert.deepEqual([t("apiKeysA"), t("apiKeysB"), t("apiKeysC"), t("other")], ["from the realm", "English B", "apiKeysC", "other"]);
  assert.equal(asked.mock.calls[0]?.arguments[0], "http://localhost:8080/resources/my%20realm/account/de");
  assert.ok((asked.mock.calls[0]?.arguments as unknown as [string, RequestInit])[1].signal, "it is not waited for for ever");
});

test("is English where messages cannot be read", async () => {
  mock.method(globalThis, "fetch", async () => Promise.reject(new TypeError("offline")));
  const t = await loadTexts<string>(host, "account", "de", { apiKeysA: "English A" });
  assert.equal(t("apiKeysA"), "English A");
});
