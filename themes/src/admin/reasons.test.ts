import assert from "node:assert/strict";
import { test } from "node:test";
import english from "texts:admin";
import { textsOf } from "../shared/texts";
import { reasonText } from "./reasons";

test("a reason is said in words, and one that is not known as it is", () => {
  const t = textsOf(english);
  assert.equal(reasonText("api_key_wrong_secret", t), "Wrong secret");
  assert.equal(reasonText("api_key_of_tomorrow", t), "api_key_of_tomorrow");
});
