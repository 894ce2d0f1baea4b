import assert from "node:assert/strict";
import { test } from "node:test";
import { render, waitFor } from "@testing-library/react";
import { createContext } from "react";
import { session } from "../testing/admin";
import { awaitSession } from "./awaitSession";

const Console = createContext<object>({});
const SOON = 20;

function consoleWith(value: object): JSX.Element {
  return (
    <Console.Provider value={value}>
      <nav />
    </Console.Provider>
  );
}

test("a session that does not come is said to be missing, and taken when it comes after all", async () => {
  const app = document.body.appendChild(document.createElement("div"));
  const heard: unknown[] = [];
  const { rerender } = render(consoleWith({}), { container: app });
  awaitSession(app, (found) => heard.push(found), () => heard.push("lost"), SOON);
  await waitFor(() => assert.deepEqual(heard, ["lost"]));

  rerender(consoleWith({ keycloak: session }));
  app.append("drawn");

  await waitFor(() => assert.ok(heard[1] === session));
});

test("nothing is said to be missing once the session is there", async () => {
  const app = document.body.appendChild(document.createElement("div"));
  const heard: unknown[] = [];
  render(consoleWith({ keycloak: session }), { container: app });

  awaitSession(app, () => heard.push("found"), () => heard.push("lost"), 0);

  await new Promise((afterwards) => setTimeout(afterwards));
  assert.deepEqual(heard, ["found"]);
});
