import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../shared/words";
import { terms } from "../testing/documents";
import { emptyDraft, faultsOf, newKey, restoredDraft } from "./draftKey";

const now = new Date("2030-01-31T12:00:00Z");

test("the least access is suggested where the realm offers scopes", () => {
  assert.equal(emptyDraft(terms({})).access, "all");
  const offered = emptyDraft(terms({ scopes: ["read"] }));
  assert.deepEqual([offered.access, offered.scopes], ["scopes", []]);
});

test("sees what is missing without asking the server", () => {
  const policy = terms({ scopes: ["read"], requireIp: true });
  const draft = { ...emptyDraft(policy), name: "  ", expiry: "custom" as const, date: "2030-01-01" };

  assert.deepEqual(faultsOf(draft, policy, now), {
    name: "apiKeysNameMissing",
    date: "apiKeysDatePast",
    scopes: "apiKeysScopesMissing",
    ips: "apiKeysIpsMissing",
  });
  assert.deepEqual(faultsOf({ ...draft, name: "ci", expiry: "90", access: "all", ips: "192.0.2.1" }, policy, now), {});
});

test("a publishable key needs pages instead of addresses", () => {
  const policy = terms({ kinds: ["secret", "publishable"], requireIp: true });
  const draft = { ...emptyDraft(policy), name: "web", kind: "publishable" as const };
  assert.deepEqual(faultsOf(draft, policy, now), { origins: "apiKeysOriginsMissing" });
});

test("lists end at spaces, commas and lines", () => {
  assert.deepEqual(words(" 192.0.2.1, 192.0.2.0/24\n2001:db8::/32 ;"), ["192.0.2.1", "192.0.2.0/24", "2001:db8::/32"]);
});

test("leaves the usual lifetime to the server, and says every other", () => {
  const policy = terms({});
  const draft = { ...emptyDraft(policy), name: " ci " };

  assert.equal("expiresAt" in newKey(draft, policy, now), false);
  assert.equal(newKey({ ...draft, expiry: "never" }, policy, now).expiresAt, null);
  assert.equal(newKey({ ...draft, expiry: "7" }, policy, now).expiresAt, "2030-02-07T12:00:00.000Z");
  assert.equal(newKey(draft, policy, now).name, "ci");
});

test("scopes count only where they were chosen", () => {
  const policy = terms({ scopes: ["read"] });
  const draft = { ...emptyDraft(policy), name: "ci", scopes: ["read"] };
  assert.deepEqual(newKey(draft, policy, now).scopes, ["read"]);
  assert.deepEqual(newKey({ ...draft, access: "all" }, policy, now).scopes, []);
});

test("what comes back fits the policy of today", () => {
  const before = { ...emptyDraft(terms({ scopes: ["read", "write"] })), name: "ci", expiry: "365" as const, scopes: ["read", "write"] };
  const draft = restoredDraft(terms({ scopes: ["read"], maxLifetime: "P90D" }), before);
  assert.deepEqual([draft.name, draft.expiry, draft.scopes], ["ci", "90", ["read"]]);
});
