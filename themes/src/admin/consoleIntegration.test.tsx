import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { waitFor } from "@testing-library/react";
import { integrateInto, type ConsoleIntegration } from "./consoleIntegration";

let app: HTMLElement;
let integration: ConsoleIntegration;

/** As much of the console as is looked for. */
function draw(main: string): void {
  app.innerHTML = `
    <nav><ul>
      <li><a id="nav-item-clients">Clients</a></li>
      <li><a id="nav-item-users">Users</a></li>
      <li><a id="nav-item-groups">Groups</a></li>
    </ul></nav>
    <main class="pf-v5-c-page__main">${main}</main>`;
}

const DETAILS = `<li><button data-testid="user-details-tab">Details</button></li>`;
const CREDENTIALS = `<li><button data-testid="credentials">Credentials</button></li>`;
const USER = `<ul role="tablist">${DETAILS}${CREDENTIALS}<li>last</li></ul>`;

beforeEach(() => {
  document.body.innerHTML = `<div id="app"></div>`;
  document.documentElement.className = "";
  app = document.getElementById("app") as HTMLElement;
  location.hash = "#/demo/users";
  draw("users");
  integration = integrateInto(app);
});

test("the menu has our entry after the users, and all of its own", () => {
  const entries = [...app.querySelectorAll("nav a")].map((entry) => entry.textContent);
  assert.deepEqual(entries, ["Clients", "Users", "API keys", "Groups"]);
  assert.equal(document.getElementById("nav-item-api-keys")?.getAttribute("href"), "#/demo/api-keys");
});

test("a console that has just been opened has our entry for its own realm", async () => {
  const script = document.createElement("script");
  script.id = "environment";
  script.type = "application/json";
  script.textContent = JSON.stringify({ realm: "own realm" });
  document.body.append(script);
  location.hash = "";
  draw("welcome");
  const entry = (): HTMLElement | null => document.getElementById("nav-item-api-keys");
  await waitFor(() => assert.equal(entry()?.getAttribute("href"), "#/own%20realm/api-keys"));
  assert.equal(entry()?.textContent, "API keys");
});

test("a menu that is drawn again gets it again, once", async () => {
  draw("clients");
  await waitFor(() => assert.equal(app.querySelectorAll("#nav-item-api-keys").length, 1));
  integration.label("Claves de API");
  assert.equal(document.getElementById("nav-item-api-keys")?.textContent, "Claves de API");
});

test("our page is seen at our addresses only", async () => {
  assert.ok(!document.documentElement.classList.contains("latchkey-shown"));
  location.hash = "#/demo/api-keys";
  await waitFor(() => assert.ok(document.documentElement.classList.contains("latchkey-shown")));
  assert.equal(document.getElementById("nav-item-api-keys")?.getAttribute("aria-current"), "page");
  assert.equal(integration.main.previousElementSibling?.textContent, "users");
});

test("listeners are called when the address changes", async () => {
  const heard: string[] = [];
  const stop = integration.onMove(() => heard.push(location.hash));
  location.hash = "#/demo/api-keys/policy";
  await waitFor(() => assert.deepEqual(heard, ["#/demo/api-keys/policy"]));
  stop();
});

test("each user has one more tab, next to the credentials", async () => {
  location.hash = "#/demo/users/u1/settings";
  draw(USER);
  const tab = (): HTMLElement | null => document.getElementById("latchkey-owner-tab");
  await waitFor(() => assert.equal(tab()?.getAttribute("href"), "#/demo/api-keys?user=u1"));
  assert.equal(tab()?.closest("li")?.previousElementSibling?.textContent, "Credentials");

  location.hash = "#/demo/users/u2/settings";
  draw(USER);

  await waitFor(() => assert.equal(tab()?.getAttribute("href"), "#/demo/api-keys?user=u2"));
  assert.equal(app.querySelectorAll("#latchkey-owner-tab").length, 1);
});

test("among tabs our link is one of them, and goes by the space bar, too", async () => {
  location.hash = "#/demo/users/u1/settings";
  draw(USER);
  const tab = (): HTMLElement | null => document.getElementById("latchkey-owner-tab");
  await waitFor(() => assert.ok(tab()));
  assert.deepEqual([tab()?.role, tab()?.ariaSelected, tab()?.closest("li")?.role], ["tab", "false", "presentation"]);

  tab()?.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));

  assert.equal(location.hash, "#/demo/api-keys?user=u1");
});

test("without credentials the tab is next to the details", async () => {
  location.hash = "#/demo/users/u1/settings";
  draw(`<ul>${DETAILS}<li>last</li></ul>`);
  await waitFor(() => assert.equal(document.getElementById("latchkey-owner-tab")?.closest("li")?.previousElementSibling?.textContent, "Details"));
});

test("a client has one tab more where it has a service account", async () => {
  location.hash = "#/demo/clients/c1/settings";
  draw(`<ul><li><button data-testid="clientSettingsTab">Settings</button></li></ul>`);
  await waitFor(() => assert.ok(integration.main.previousElementSibling === app.querySelector("main")));
  assert.equal(document.getElementById("latchkey-owner-tab"), null);

  draw(`<ul><li><button data-testid="serviceAccountTab">Service accounts</button></li><li>last</li></ul>`);

  const tab = (): HTMLElement | null => document.getElementById("latchkey-owner-tab");
  await waitFor(() => assert.equal(tab()?.getAttribute("href"), "#/demo/api-keys?client=c1"));
  assert.equal(tab()?.closest("li")?.previousElementSibling?.textContent, "Service accounts");
});

test("where the console hides its users there is no entry", async () => {
  app.innerHTML = `<nav><ul><li><a id="nav-item-events">Events</a></li></ul></nav><main class="pf-v5-c-page__main"></main>`;
  location.hash = "#/demo/events";
  await waitFor(() => assert.ok(integration.main.parentElement === app));
  assert.equal(document.getElementById("nav-item-api-keys"), null);
});
