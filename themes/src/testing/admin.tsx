import { cleanup, render, screen, type RenderResult } from "@testing-library/react";
import english from "texts:admin";
import { AdminPage } from "../admin/AdminPage";
import { parsePlace } from "../admin/place";
import { PageRoot } from "../shared/PageRoot";
import { session } from "./account";

/** The page at that address of the admin console. */
export async function openAdmin(hash: string): Promise<RenderResult> {
  document.body.innerHTML = "";
  const script = document.createElement("script");
  script.id = "environment";
  script.type = "application/json";
  script.textContent = JSON.stringify({ serverBaseUrl: "http://localhost:8080", adminBaseUrl: "http://localhost:8080", realm: "demo" });
  document.body.append(script);
  const place = parsePlace(hash);
  if (!place) {
    throw new Error(`${hash} is none of our places.`);
  }
  const page = render(
    <PageRoot console="admin" english={english} language="en" base={() => "http://localhost:8080/admin/realms/demo"} session={() => session}>
      <AdminPage place={place} />
    </PageRoot>,
  );
  await screen.findByTestId("page-heading");
  return page;
}

export function closeAdmin(): void {
  cleanup();
  sessionStorage.clear();
}
