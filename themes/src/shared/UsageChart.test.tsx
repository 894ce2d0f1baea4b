import assert from "node:assert/strict";
import { test } from "node:test";
import { lastDays } from "./UsageChart";

const now = new Date("2030-03-01T00:30:00Z");

test("thirty days, today last, where a day without uses is nought", () => {
  const days = lastDays(
    {
      days: [
        { day: "2030-01-30", accepted: 9, rejected: 0 },
        { day: "2030-01-31", accepted: 1, rejected: 0 },
        { day: "2030-02-28", accepted: 2, rejected: 5 },
        { day: "2030-03-01", accepted: 3, rejected: 0 },
      ],
    },
    now,
  );

  assert.equal(days.length, 30);
  assert.deepEqual([days[0], days[1], days[28], days[29]], [1, 0, 2, 3]);
});

test("a key that was never used has thirty empty days", () => {
  assert.deepEqual(new Set(lastDays(undefined, now)), new Set([0]));
});
