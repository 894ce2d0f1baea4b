import assert from "node:assert/strict";
import { test } from "node:test";
import { render } from "@testing-library/react";
import { createContext } from "react";
import { findSession, type Session } from "./host";

const session: Session = { token: "t", updateToken: async () => true, login: async () => undefined };
const Console = createContext<object>({});

test("finds the session of the provider above, past others", () => {
  const { getByTestId } = render(
    <Console.Provider value={{ keycloak: session }}>
      <Console.Provider value={{ keycloak: {}, other: 1 }}>
        <p data-testid="ours" />
      </Console.Provider>
    </Console.Provider>,
  );
  assert.equal(findSession(getByTestId("ours")), session);
});

test("finds none where there is none, and none outside React", () => {
  const { getByTestId } = render(<p data-testid="alone" />);
  assert.equal(findSession(getByTestId("alone")), undefined);
  assert.equal(findSession(document.createElement("p")), undefined);
});
