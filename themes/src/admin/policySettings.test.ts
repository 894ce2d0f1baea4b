import assert from "node:assert/strict";
import { test } from "node:test";
import { policy, schema } from "../testing/adminDocuments";
import { edited, editsOf, groupsOf, policyDocument, policyText, policyValues, settingsOf } from "./policySettings";

const settings = settingsOf(schema);
const valuesOf = (over: Parameters<typeof policy>[0]) => policyValues(policy(over), settings);

test("a policy that is saved as it was stays as it was", () => {
  const before = policy({ scopes: ["email", "profile"], env: "live", client: "app" });
  assert.deepEqual(policyDocument(policyValues(before, settings), settings), before);
});

test("settings are grouped in the order of the schema", () => {
  const fields = groupsOf(settings).map(([group, ofGroup]) => [group, ofGroup.map(({ field }) => field)]);
  assert.deepEqual(fields[0], ["creation", ["creation", "maxKeys", "reauthAge", "managementClients", "upgradeUrl", "exampleUrl"]]);
  assert.deepEqual(fields.map(([group]) => group), ["creation", "newKeys", "use", "tokens"]);
});

test("a field that may be null has an empty choice, and a list with choices has one box for each", () => {
  const kindAndOptions = (name: string) => settings.filter(({ field }) => field === name).map(({ kind, options }) => [kind, options])[0];
  assert.deepEqual(kindAndOptions("env"), ["choice", ["live", "test", ""]]);
  assert.deepEqual(kindAndOptions("kinds"), ["several", ["secret", "publishable"]]);
  assert.deepEqual(kindAndOptions("scopes"), ["words", []]);
  assert.deepEqual(kindAndOptions("requireIp"), ["flag", []]);
});

test("a setting without texts is shown by the name that the server gives", () => {
  assert.equal(policyText((key) => key, ["later"], "later"), "later");
  assert.equal(policyText((key) => `text of ${key}`, ["env", "live"], "live"), "text of apiKeysPolicyEnvLive");
});

test("what is empty is nothing", () => {
  const values = { ...valuesOf({ upgradeUrl: "https://example.org/" }), upgradeUrl: " ", scopes: "" };
  assert.equal(policyDocument(values, settings).upgradeUrl, null);
  assert.deepEqual(policyDocument(values, settings).scopes, []);
});

test("a number that is none is the server's to refuse", () => {
  assert.equal(policyDocument({ ...valuesOf({}), maxKeys: "25" }, settings).maxKeys, 25);
  assert.equal(policyDocument({ ...valuesOf({}), maxKeys: "plenty" }, settings).maxKeys as unknown, "plenty");
});

test("a change is seen, and that it was taken back", () => {
  const before = valuesOf({});
  assert.deepEqual(editsOf(valuesOf({}), before), {});
  const kinds = ["secret", "publishable"];
  assert.deepEqual(editsOf({ ...before, kinds }, before), { kinds });
});

test("edits come back over what is in force by now, without what never was a setting", () => {
  const now = valuesOf({ maxKeys: 7 });
  assert.deepEqual(edited(now, { scopes: "email", brand: 5, other: "x" }), { ...now, scopes: "email" });
});
