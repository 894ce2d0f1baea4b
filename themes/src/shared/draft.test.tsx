import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { clearDraft, findDraft, saveDraft } from "./draft";

afterEach(() => sessionStorage.clear());

test("a draft comes back to who wrote it", () => {
  saveDraft("u1", { dialog: "create", values: { name: "ci" } });
  assert.deepEqual(findDraft("u1")?.values, { name: "ci" });
});

test("a draft of another user is not returned and is deleted", () => {
  saveDraft("u1", { dialog: "create", values: { name: "ci" } });
  assert.equal(findDraft("u2"), undefined);
  assert.equal(findDraft("u1"), undefined);
});

test("what is closed is forgotten, and what cannot be read is nothing", () => {
  saveDraft("u1", { dialog: "create", values: {} });
  clearDraft();
  assert.equal(findDraft("u1"), undefined);
  sessionStorage.setItem("latchkey.draft", "{");
  assert.equal(findDraft("u1"), undefined);
});

test("no draft of an unknown user is kept", () => {
  saveDraft(undefined, { dialog: "create", values: {} });
  assert.equal(sessionStorage.length, 0);
});
