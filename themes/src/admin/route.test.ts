import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf, ownerRoute, parseRoute, realmOf, type Route } from "./route";

const routes: readonly Route[] = [
  { realm: "demo", view: "keys" },
  { realm: "my realm/7", view: "policy" },
  { realm: "demo", view: "plans" },
  { realm: "demo", view: "keys", owner: { type: "user", id: "u 1" } },
  { realm: "demo", view: "keys", owner: { type: "client", id: "c1" }, key: "aBcDeFgHiJkL" },
];

test("every place has an address that leads back to it", () => {
  for (const route of routes) {
    assert.deepEqual(parseRoute(hashOf(route)), route);
  }
});

test("the console's own places are left to it", () => {
  for (const hash of ["", "#/", "#/demo/users", "#/demo/api-keys-of-others", "#/demo/users/api-keys", "#/demo/api-keys/else"]) {
    assert.equal(parseRoute(hash), undefined, hash);
  }
});

test("a realm is known from any place", () => {
  assert.equal(realmOf("#/my%20realm/users"), "my realm");
  assert.equal(realmOf("#/demo"), "demo");
  assert.equal(realmOf(""), undefined);
});

test("an owner is known from each tab of the console's page about it, and from no list", () => {
  assert.deepEqual(ownerRoute("#/demo/users/u1/credentials"), { realm: "demo", view: "keys", owner: { type: "user", id: "u1" } });
  assert.deepEqual(ownerRoute("#/demo/clients/c1/settings")?.owner, { type: "client", id: "c1" });
  for (const hash of ["#/demo/users", "#/demo/users/add-user", "#/demo/clients", "#/demo/groups/g1/members"]) {
    assert.equal(ownerRoute(hash), undefined, hash);
  }
});

test("what was cut off or made up leads nowhere else", () => {
  for (const hash of ["#/%E0%A4%A/api-keys", "#/%E0%A4%A/users/u1/settings"]) {
    assert.deepEqual([parseRoute(hash), realmOf(hash), ownerRoute(hash)], [undefined, undefined, undefined], hash);
  }
  for (const key of ["policy", "access", "aBcDeFgHiJk%2F", "aBcDeFgHiJkLm"]) {
    assert.deepEqual(parseRoute(`#/demo/api-keys?key=${key}`), { realm: "demo", view: "keys" }, key);
  }
});
