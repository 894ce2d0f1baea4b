import { useCallback, useMemo } from "react";
import type { TextKey } from "../generated/textKeys";
import { Spinner } from "../shared/Button";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { AdminProvider, type Admin } from "./admin";
import { AdminRest } from "./AdminRest";
import { hashOf, type Route, type View } from "./route";
import { KeyDetails } from "./KeyDetails";
import { KeysView } from "./KeysView";
import { PlansView } from "./PlansView";
import { PolicyView } from "./PolicyView";
import { ErrorState } from "./ErrorState";
import { useLoad } from "./useLoad";

const SECTION = (): string => `${pf("page")}__main-section pf-m-light`;

/** Shows the view of the admin console that the route names. */
export function AdminPage({ route }: { readonly route: Route }): JSX.Element {
  const { rest: base, t } = usePage();
  const rest = useMemo(() => new AdminRest(base), [base]);
  const owner = route.owner;
  const type = owner?.type;
  const id = owner?.id;
  const access = useLoad(useCallback(() => rest.access(id), [rest, id]));
  // Without permission to read the name the page shows the id.
  const name = useLoad(useCallback(async () => type && id && rest.ownerName({ type, id }).catch(() => id), [rest, type, id]));
  const admin: Admin | undefined = access.data && {
    rest,
    route,
    access: access.data,
    ownerName: owner && (name.data || owner.id),
  };
  return (
    <>
      <section className={SECTION()}>
        {owner && <OwnerLink route={route} name={name.data || owner.id} />}
        <h1 className={pf("title", "2xl")} data-testid="page-heading" tabIndex={-1}>
          {owner ? t("apiKeysAdminTitleOf", { owner: name.data ?? "" }) : t("apiKeys")}
        </h1>
        <p className="ak-muted">{t("apiKeysAdminIntro")}</p>
        {admin && !owner && <ViewLinks admin={admin} />}
      </section>
      <section className={SECTION()}>
        <ErrorState of={access} />
        {admin ? (
          <AdminProvider value={admin}>
            <CurrentView admin={admin} />
          </AdminProvider>
        ) : (
          access.loading && <Spinner size="lg" label={t("apiKeysLoading")} />
        )}
      </section>
    </>
  );
}

function CurrentView({ admin: { route, access } }: { readonly admin: Admin }): JSX.Element {
  const { t } = usePage();
  if (route.view !== "keys") {
    return route.view === "policy" ? <PolicyView /> : <PlansView />;
  }
  if (route.key) {
    return <KeyDetails key={route.key} id={route.key} />;
  }
  return access.viewKeys ? <KeysView key={route.owner?.id} /> : <p role="alert">{t("apiKeysAdminNoKeys")}</p>;
}

/** Links and not tabs: each view has an address of its own. */
function ViewLinks({ admin: { route, access } }: { readonly admin: Admin }): JSX.Element {
  const { t } = usePage();
  const views: readonly (readonly [View, TextKey])[] = [
    ["keys", "apiKeysAdminKeys"],
    ...(access.viewPolicy ? ([["policy", "apiKeysAdminPolicy"], ["plans", "apiKeysAdminPlans"]] as const) : []),
  ];
  return (
    <nav className={`${pf("tabs")} ak-views`} aria-label={t("apiKeys")}>
      <ul className={`${pf("tabs")}__list`}>
        {views.map(([view, text]) => (
          <li key={view} className={`${pf("tabs")}__item${view === route.view ? " pf-m-current" : ""}`}>
            <a
              className={`${pf("tabs")}__link`}
              href={hashOf({ realm: route.realm, view })}
              aria-current={view === route.view ? "page" : undefined}
            >
              <span className={`${pf("tabs")}__item-text`}>{t(text)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The way back to the console's own page of the owner. */
function OwnerLink({ route, name }: { readonly route: Route; readonly name: string }): JSX.Element {
  const { t } = usePage();
  const folder = route.owner?.type === "client" ? "clients" : "users";
  const id = encodeURIComponent(route.owner?.id ?? "");
  return (
    <p>
      <a href={`#/${encodeURIComponent(route.realm)}/${folder}/${id}/settings`}>{t("apiKeysAdminBackTo", { name })}</a>
    </p>
  );
}
