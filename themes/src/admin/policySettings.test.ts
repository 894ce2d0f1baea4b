import assert from "node:assert/strict";
import { test } from "node:test";
import { policy } from "../testing/adminDocuments";
import { edited, editsOf, FIELDS, GROUPS, policyDocument, policyValues } from "./policySettings";

test("a policy that is saved as it was stays as it was", () => {
  const before = policy({ scopes: ["email", "profile"], env: "live", client: "app" });
  assert.deepEqual(policyDocument(policyValues(before)), before);
});

test("every setting is in exactly one group", () => {
  assert.deepEqual(GROUPS.flatMap((group) => group.fields).sort(), [...FIELDS].sort());
});

test("what is empty is nothing", () => {
  const values = { ...policyValues(policy({ upgradeUrl: "https://example.org/" })), upgradeUrl: " ", scopes: "" };
  assert.equal(policyDocument(values).upgradeUrl, null);
  assert.deepEqual(policyDocument(values).scopes, []);
});

test("a number that is none is the server's to refuse", () => {
  assert.equal(policyDocument({ ...policyValues(policy({})), maxKeys: "25" }).maxKeys, 25);
  assert.equal(policyDocument({ ...policyValues(policy({})), maxKeys: "plenty" }).maxKeys as unknown, "plenty");
});

test("a change is seen, and that it was taken back", () => {
  const before = policyValues(policy({}));
  assert.deepEqual(editsOf(policyValues(policy({})), before), {});
  const kinds = ["secret", "publishable"];
  assert.deepEqual(editsOf({ ...before, kinds }, before), { kinds });
});

test("edits come back over what is in force by now, without what never was a setting", () => {
  const now = policyValues(policy({ maxKeys: 7 }));
  assert.deepEqual(edited(now, { scopes: "email", brand: 5, other: "x" }), { ...now, scopes: "email" });
});
