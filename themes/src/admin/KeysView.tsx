import { useCallback, useEffect, useRef, useState } from "react";
import type { TextKey } from "../generated/textKeys";
import { Button, Spinner } from "../shared/Button";
import { subjectOf } from "../shared/host";
import { holdsSecret } from "../shared/pastedKey";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { useAdmin } from "./admin";
import { CreateKey, wasLeft } from "./CreateKey";
import type { Filter } from "./documents";
import { filterOf, findsNothing, NO_CHOICE, revocable, type Choice } from "./filter";
import { KeyFilters } from "./KeyFilters";
import { AdminKeyTable } from "./AdminKeyTable";
import { OwnerReport } from "./OwnerReport";
import { Pagination, PAGE } from "./Pagination";
import { ErrorState } from "./ErrorState";
import type { Route } from "./route";
import { RevokeMany } from "./RevokeMany";
import { useLoad } from "./useLoad";

/** Lists the keys of the realm or of one owner. */
export function KeysView(): JSX.Element {
  const { t, format, announce } = usePage();
  const { rest, route, access } = useAdmin();
  const [choice, setChoice] = useState<Choice>(NO_CHOICE);
  const [first, setFirst] = useState(0);
  const owner = route.owner?.id;
  const load = useCallback(async () => {
    if (holdsSecret(choice.q)) {
      const key = await rest.lookup(choice.q.trim());
      const list = key && (!owner || key.owner.id === owner) ? [key] : [];
      return { filter: undefined, count: list.length, list };
    }
    const filter: Filter = { ...filterOf(choice, new Date()), ...(owner && { owner }) };
    if (findsNothing(choice)) {
      return { filter, count: 0, list: [] };
    }
    const [count, list] = await Promise.all([rest.count(filter), rest.list(filter, first, PAGE)]);
    return { filter, count, list };
  }, [rest, owner, choice, first]);
  const keys = useLoad(load);
  const { open, setOpen } = useOpen();
  useFocusAfter(keys.data);
  const finish = (text: string | undefined): void => {
    setOpen(undefined);
    if (text) {
      announce(text);
      keys.reload();
    }
  };
  // While another list is loading or has failed, the shown one allows no action.
  const found = keys.loading || keys.problem ? undefined : keys.data;
  return (
    <>
      <KeyFilters
        choice={choice}
        onChoose={(change) => {
          setChoice((before) => ({ ...before, ...change }));
          setFirst(0);
        }}
      >
        {access.issueKeys && (
          <Button look="primary" onClick={() => setOpen({ dialog: "create" })}>
            {t("apiKeysAdminCreate")}
          </Button>
        )}
      </KeyFilters>
      <ErrorState of={keys} />
      <div aria-busy={keys.loading} className="ak-list">
        {!keys.data && keys.loading && <Spinner size="lg" label={t("apiKeysLoading")} />}
        {keys.data && <AdminKeyTable keys={keys.data.list} onChanged={finish} empty={empty(choice, route)} />}
      </div>
      <div className="ak-foot">
        {found?.filter && access.manageKeys && !owner && revocable(found.filter) && found.count > 0 && (
          <Button look="link" className="pf-m-danger" onClick={() => setOpen({ dialog: "revoke", filter: found.filter, count: found.count })}>
            {t("apiKeysAdminRevokeFound", { count: format.number(found.count) })}
          </Button>
        )}
        {keys.data && <Pagination first={first} count={keys.data.count} onMove={setFirst} />}
      </div>
      {!access.manageKeys && <p className={`${pf("helper-text")} ak-muted`}>{t("apiKeysAdminReadOnly")}</p>}
      {owner && <OwnerReport owner={owner} />}
      {open?.dialog === "create" && <CreateKey onClose={finish} />}
      {open?.dialog === "revoke" && <RevokeMany filter={open.filter} count={open.count} onClose={finish} />}
    </>
  );
}

/** The text of an empty list. */
function empty(choice: Choice, { owner }: Route): TextKey {
  if (holdsSecret(choice.q)) {
    return owner ? "apiKeysAdminNoSuchKeyOfOwner" : "apiKeysAdminNoSuchKey";
  }
  return choice === NO_CHOICE ? "apiKeysAdminNone" : "apiKeysAdminNoneFound";
}

/** Where a row goes, the focus that was in it would be nowhere. */
function useFocusAfter(list: unknown): void {
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current && document.activeElement === document.body) {
      document.querySelector<HTMLElement>("#latchkey h1")?.focus();
    }
    shown.current ||= list !== undefined;
  }, [list]);
}

/** Revocation uses the filter that was in force when its dialog opened. */
type Open = { readonly dialog: "create" } | { readonly dialog: "revoke"; readonly filter: Filter; readonly count: number } | undefined;

/** Which dialog is open; the one that was left to sign in opens again. */
function useOpen(): { open: Open; setOpen: (open: Open) => void } {
  const { session } = usePage();
  const { route } = useAdmin();
  const [open, setOpen] = useState<Open>(() => (wasLeft(subjectOf(session), route) ? { dialog: "create" } : undefined));
  return { open, setOpen };
}
