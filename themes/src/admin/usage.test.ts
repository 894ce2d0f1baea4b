import assert from "node:assert/strict";
import { test } from "node:test";
import type { DailyApiUsage } from "./documents";
import { byApi, daily, refusals } from "./usage";

const uses: readonly DailyApiUsage[] = [
  { api: "rest", day: "2030-01-31", accepted: 3, rejected: { api_key_expired: 1 }, credits: 0.1 },
  { api: null, day: "2030-01-31", accepted: 2, rejected: {}, credits: 0 },
  { api: "rest", day: "2030-01-30", accepted: 0, rejected: { api_key_expired: 1, api_key_address: 4 }, credits: 0.2 },
];

test("APIs add up to days", () => {
  assert.deepEqual(daily(uses), {
    days: [
      { day: "2030-01-31", accepted: 5, rejected: 1 },
      { day: "2030-01-30", accepted: 0, rejected: 5 },
    ],
  });
});

test("days add up to APIs, and credits exactly", () => {
  assert.deepEqual(byApi(uses), [
    { api: "rest", accepted: 3, rejected: 6, credits: 0.3 },
    { api: null, accepted: 2, rejected: 0, credits: 0 },
  ]);
});

test("uses without an API have no rows by API", () => {
  assert.deepEqual(byApi([{ api: null, day: "2030-01-31", accepted: 2, rejected: {}, credits: 0 }]), []);
});

test("the most frequent refusal comes first", () => {
  assert.deepEqual(refusals(uses), [
    ["api_key_address", 4],
    ["api_key_expired", 2],
  ]);
});
