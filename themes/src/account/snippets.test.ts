import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { curlSnippet, pythonSnippet } from "./snippets";

const route = { tokenUrl: "https://kc.example/token", apiUrl: "https://api.example/orders", clientRequired: false };

/** Runs the lines in a shell whose curl only says what it was asked. */
function shell(lines: string): string {
  const curl = `curl() { case "$*" in *grant_type*) echo '{"access_token":"TOKEN","x":1}';; *) printf '%s|' "$@";; esac; }`;
  return execFileSync("sh", ["-c", `${curl}\n${lines}`], { encoding: "utf8" });
}

test("curl trades the key for a token and sends that to the API", () => {
  assert.equal(shell(curlSnippet("kc_sk_1", route)), "-fsS|-H|Authorization: Bearer TOKEN|https://api.example/orders|");
});

test("an address cannot break out of the line", () => {
  const apiUrl = "https://api.example/'$(id)'";
  assert.equal(shell(curlSnippet("kc_sk_1", { ...route, apiUrl })), `-fsS|-H|Authorization: Bearer TOKEN|${apiUrl}|`);
});

test("a refusal is seen", () => {
  const curl = "curl() { case $1 in -*f*) echo refused >&2; return 22;; esac; }";
  const lines = execFileSync("sh", ["-c", `exec 2>&1; ${curl}\n${curlSnippet("k", route)} || true`], { encoding: "utf8" });
  assert.equal(lines, "refused\nrefused\n");
});

test("the lines fit into the dialog", () => {
  const key = `brand_sk_live_${"k".repeat(50)}`;
  const real = { ...route, tokenUrl: "https://login.example.org/realms/customers/protocol/openid-connect/token" };
  for (const code of [curlSnippet(key, real), pythonSnippet(key, real)]) {
    assert.ok(code.split("\n").every((line) => line.length <= 88), code);
  }
});

test("names a client only where one is needed", () => {
  assert.ok(!curlSnippet("k", route).includes("client_id"));
  assert.ok(curlSnippet("k", { ...route, clientRequired: true }).includes("-d client_id=YOUR_CLIENT"));
  assert.ok(pythonSnippet("k", { ...route, clientRequired: true }).includes('"client_id":"YOUR_CLIENT"'));
});

test("Python gets texts as texts", () => {
  assert.ok(pythonSnippet("k", { ...route, apiUrl: 'https://a/"' }).includes('"https://a/\\""'));
});
