import assert from "node:assert/strict";
import { test } from "node:test";
import { waitFor } from "@testing-library/react";
import { integrateInto } from "./consoleIntegration";

test("what the console looks like is taken from what it has drawn, and nothing is hidden before that", async () => {
  document.body.innerHTML = `<div id="app"></div>`;
  location.hash = "#/demo/api-keys";
  const app = document.getElementById("app") as HTMLElement;
  const { main, label } = integrateInto(app);
  label("API keys");
  assert.ok(!document.documentElement.classList.contains("latchkey-shown"));

  app.innerHTML = `<nav><ul><li><a id="nav-item-users">Users</a></li></ul></nav><main class="pf-v6-c-page__main"></main>`;

  await waitFor(() => assert.equal(main.className, "pf-v6-c-page__main"));
  assert.equal(document.getElementById("nav-item-api-keys")?.className, "pf-v6-c-nav__link pf-m-current");
  assert.ok(document.documentElement.classList.contains("latchkey-shown"));
});
