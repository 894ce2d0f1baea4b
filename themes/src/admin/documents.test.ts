import assert from "node:assert/strict";
import { test } from "node:test";
import { daily, refusals, type HourOfUse } from "./documents";

const hours: readonly HourOfUse[] = [
  { keyId: "k", hour: "2030-01-31T11:00:00Z", accepted: 3, rejected: { api_key_expired: 1 } },
  { keyId: "k", hour: "2030-01-31T10:00:00Z", accepted: 2, rejected: {} },
  { keyId: "k", hour: "2030-01-30T10:00:00Z", accepted: 0, rejected: { api_key_expired: 1, api_key_address: 4 } },
];

test("hours add up to days", () => {
  assert.deepEqual(daily("k", hours), {
    keyId: "k",
    days: [
      { day: "2030-01-31", accepted: 5, rejected: 1 },
      { day: "2030-01-30", accepted: 0, rejected: 5 },
    ],
  });
});

test("the most frequent refusal comes first", () => {
  assert.deepEqual(refusals(hours), [
    ["api_key_address", 4],
    ["api_key_expired", 2],
  ]);
});
