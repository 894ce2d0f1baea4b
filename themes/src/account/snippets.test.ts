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
  assert.equal(shell(curlSnippet("kc_sk_1", route)), "-s|-H|Authorization: Bearer TOKEN|https://api.example/orders|");
});

test("an address cannot break out of the line", () => {
  const apiUrl = "https://api.example/'$(id)'";
  assert.equal(shell(curlSnippet("kc_sk_1", { ...route, apiUrl })), `-s|-H|Authorization: Bearer TOKEN|${apiUrl}|`);
});

test("names a client only where one is needed", () => {
  assert.ok(!curlSnippet("k", route).includes("client_id"));
  assert.ok(curlSnippet("k", { ...route, clientRequired: true }).includes("-d client_id=YOUR_CLIENT"));
  assert.ok(pythonSnippet("k", { ...route, clientRequired: true }).includes('"client_id":"YOUR_CLIENT"'));
});

test("Python gets texts as texts", () => {
  assert.ok(pythonSnippet("k", { ...route, apiUrl: 'https://a/"' }).includes('"https://a/\\""'));
});
