import { createContext, useContext } from "react";
import type { AdminRest } from "./AdminRest";
import type { CallerPermissions } from "./documents";
import type { Route } from "./route";

/** What every part of the administrators' page needs in addition to `Page`. */
export interface Admin {
  readonly rest: AdminRest;
  readonly route: Route;
  readonly access: CallerPermissions;
  /** The name of the only owner, if there is one. */
  readonly ownerName: string | undefined;
}

const AdminContext = createContext<Admin | undefined>(undefined);

export const AdminProvider = AdminContext.Provider;

export function useAdmin(): Admin {
  const admin = useContext(AdminContext);
  if (!admin) {
    throw new Error("Only within AdminProvider.");
  }
  return admin;
}
