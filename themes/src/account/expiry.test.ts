import assert from "node:assert/strict";
import { test } from "node:test";
import { terms } from "../testing/documents";
import { endOf, expiryChoices, lastDay, usualExpiry } from "./expiry";

const now = new Date(2030, 0, 31, 12, 0, 0);

test("offers what the policy allows", () => {
  assert.deepEqual(expiryChoices(terms({})), ["7", "30", "60", "90", "365", "custom", "never"]);
  assert.deepEqual(expiryChoices(terms({ maxLifetime: "P30D", defaultLifetime: "P30D" })), ["7", "30", "custom"]);
  assert.deepEqual(expiryChoices(terms({ maxLifetime: "PT12H", defaultLifetime: "PT12H" })), ["default", "custom"]);
});

test("suggests the policy's own lifetime", () => {
  assert.equal(usualExpiry(terms({})), "90");
  assert.equal(usualExpiry(terms({ defaultLifetime: "never" })), "never");
  assert.equal(usualExpiry(terms({ defaultLifetime: "P10D" })), "default");
});

test("a date means its end, where the reader is", () => {
  assert.deepEqual(endOf("custom", "2030-02-02", terms({}), now), new Date(2030, 1, 2, 23, 59, 59));
  assert.equal(endOf("custom", "", terms({}), now), undefined);
});

test("never is null", () => {
  assert.equal(endOf("never", "", terms({}), now), null);
});

test("the last day that is allowed is cut to what is left of it, a later one is left to the server to refuse", () => {
  const strict = terms({ maxLifetime: "P30D", defaultLifetime: "P30D" });
  const limit = now.getTime() + 30 * 24 * 60 * 60 * 1000;

  const last = endOf("custom", lastDay(strict, now) ?? "", strict, now);
  assert.ok(last && last.getTime() < limit && last.getTime() > limit - 10 * 60_000);
  const preset = endOf("30", "", strict, now);
  assert.ok(preset && preset.getTime() < limit);
  assert.deepEqual(endOf("custom", "2030-04-01", strict, now), new Date(2030, 3, 1, 23, 59, 59));
});
