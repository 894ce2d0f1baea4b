import assert from "node:assert/strict";
import { test } from "node:test";
import { holdsSecret, withoutSecrets } from "./pastedKey";

const ID = "aBcDeFgHiJkL";
const REST = "MnOpQrStUvWxYz0123456789aBcDeFgHiJkLmN";

test("a whole key of every format is recognized", () => {
  for (const prefix of ["kc_sk_", "acme_pk_", "kwi_sk_live_", "a1_sk_test_", "secret-token:kc_sk_"]) {
    assert.ok(holdsSecret(prefix + ID + REST), prefix);
    assert.ok(holdsSecret(` ${prefix}${ID}${REST}\n`), prefix);
    assert.equal(withoutSecrets(prefix + ID + REST), prefix + ID);
  }
});

test("a key that is cut off still holds some of the secret", () => {
  assert.ok(holdsSecret(`kc_sk_${ID}M`));
  assert.equal(withoutSecrets(`my kc_sk_${ID}${REST} key`), `my kc_sk_${ID} key`);
});

test("names, previews and ids hold none", () => {
  for (const text of ["", "nightly export", "kc_sk_aBcDe...", `kc_sk_${ID}`, ID, `task_sketch_${ID}`]) {
    assert.ok(!holdsSecret(text), text);
    assert.equal(withoutSecrets(text), text);
  }
});
