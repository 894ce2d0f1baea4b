import { useEffect, useRef, useState } from "react";
import { Alert } from "../shared/Alert";
import { Button, Spinner } from "../shared/Button";
import { CreditsTable } from "../shared/CreditsTable";
import { subjectOf } from "../shared/host";
import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { ProblemAlert } from "../shared/ProblemAlert";
import { Dialogs, restored, type Open } from "./Dialogs";
import { EmptyState } from "./EmptyState";
import { AccountKeyTable, type Action } from "./AccountKeyTable";
import { KeyCount, CreationHint } from "./CreationHint";
import { useKeys, type Keys } from "./useKeys";
import { useToggle } from "./useToggle";

/** With more keys than this the list can be searched. */
const MANY = 10;

/** Lists the keys of the signed-in user with their actions. */
export function ApiKeysPage(): JSX.Element {
  const { t, session, announce } = usePage();
  const [open, setOpen] = useState<Open>();
  const keys = useKeys(open !== undefined);
  const toggle = useToggle(keys);
  const heading = useRef<HTMLHeadingElement>(null);
  const looked = useRef(false);

  // A dialog that had to be left comes back once, when the page knows what may be done in it.
  useEffect(() => {
    if (!looked.current && keys.list && keys.terms) {
      looked.current = true;
      setOpen(restored(subjectOf(session), keys.list, keys.terms));
    }
  }, [keys.list, keys.terms, session]);

  // What opened the dialog may have gone meanwhile, with the last free place for a key or with the row.
  const close = (): void => {
    // A key that could not be changed may be another by now.
    if (open && open.dialog !== "create") {
      void keys.reload();
    }
    setOpen(undefined);
    setTimeout(() => {
      if (document.activeElement === document.body) {
        heading.current?.focus();
      }
    });
  };

  const act = (action: Action, key: ApiKey): void => {
    if (action === "toggle") {
      toggle.run(key);
    } else {
      setOpen({ dialog: action, key });
    }
  };

  return (
    <>
      <section className={`${pf("page")}__main-section pf-m-light`}>
        <div className={pf("content")}>
          <h1 ref={heading} className={pf("title", "2xl")} tabIndex={-1} data-testid="page-heading">
            {t("apiKeys")}
          </h1>
          <p>{t("apiKeysIntroduction")}</p>
        </div>
      </section>
      <section className={`${pf("page")}__main-section pf-m-light ak-stack`}>
        <ProblemAlert problem={toggle.problem} />
        {keys.terms && (keys.list?.length ?? 0) > 0 && <CreationHint terms={keys.terms} />}
        <Content keys={keys} onCreate={() => setOpen({ dialog: "create" })} onAction={act} />
        <CreditsTable balances={keys.credits} now={keys.now} />
      </section>
      {open && keys.terms && (
        <Dialogs
          open={open}
          terms={keys.terms}
          now={keys.now}
          onClose={close}
          onChanged={() => {
            toggle.forget();
            void keys.reload();
          }}
          onSaved={(key) => {
            toggle.forget();
            keys.replace(key);
            announce(t("apiKeysSaved", { name: key.name }));
            close();
          }}
          onDeleted={(key) => {
            toggle.forget();
            setOpen(undefined);
            announce(t("apiKeysDeleted", { name: key.name }));
            // Its row, and with it the button that has the focus again, is about to go.
            setTimeout(() => heading.current?.focus());
            void keys.reload();
          }}
        />
      )}
    </>
  );
}

interface ContentProps {
  readonly keys: Keys;
  readonly onCreate: () => void;
  readonly onAction: (action: Action, key: ApiKey) => void;
}

function Content({ keys, onCreate, onAction }: ContentProps): JSX.Element {
  const { t } = usePage();
  const { list, terms, problem } = keys;
  if (problem && (!list || problem.status === 403)) {
    return <Failed keys={keys} />;
  }
  if (!list || !terms) {
    return (
      <div className="ak-loading" aria-busy="true">
        <Spinner size="lg" label={t("apiKeysLoading")} />
      </div>
    );
  }
  if (list.length === 0 && keys.search === "") {
    return <EmptyState terms={terms} onCreate={onCreate} />;
  }
  return (
    <>
      {problem && <Failed keys={keys} />}
      <div className="ak-toolbar">
        {terms.mayCreate && (
          <Button look="primary" onClick={onCreate} data-testid="create-key">
            {t("apiKeysCreate")}
          </Button>
        )}
        <KeyCount terms={terms} />
        {(list.length > MANY || keys.search !== "") && (
          <span className={`${pf("form-control")} ak-search`}>
            <input type="search" autoComplete="off" aria-label={t("apiKeysSearch")} placeholder={t("apiKeysSearch")} value={keys.search} onChange={(event) => keys.find(event.target.value)} />
          </span>
        )}
      </div>
      {list.length === 0 ? (
        <p role="status">{t("apiKeysNothingFound")}</p>
      ) : (
        <AccountKeyTable list={list} usage={keys.usage} now={keys.now} onAction={onAction} />
      )}
      {keys.more && (
        <Button busy={keys.busy} onClick={() => void keys.loadMore()} data-testid="more">
          {t("apiKeysShowMore")}
        </Button>
      )}
    </>
  );
}

/** Shows a problem with a button to retry, or that access is missing. */
function Failed({ keys }: { readonly keys: Keys }): JSX.Element {
  const { t } = usePage();
  return keys.problem?.status === 403 ? (
    <Alert severity="info" title={t("apiKeysNoAccess")} />
  ) : (
    <ProblemAlert problem={keys.problem}>
      <Button look="link" onClick={() => void keys.reload()} data-testid="retry">
        {t("apiKeysRetry")}
      </Button>
    </ProblemAlert>
  );
}
