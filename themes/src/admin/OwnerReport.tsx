import { useCallback, useState } from "react";
import { CreditsTable } from "../shared/CreditsTable";
import { useAdmin } from "./admin";
import { ErrorState } from "./ErrorState";
import { UsageReport } from "./UsageReport";
import { useLoad } from "./useLoad";

/** What an owner has left, and what the keys of that owner were used for. */
export function OwnerReport({ owner }: { readonly owner: string }): JSX.Element {
  const { rest } = useAdmin();
  const [now] = useState(() => new Date());
  const credits = useLoad(useCallback(() => rest.credits(owner), [rest, owner]));
  return (
    <>
      <ErrorState of={credits} />
      <CreditsTable balances={credits.data ?? []} now={now} />
      <UsageReport owner={owner} />
    </>
  );
}
