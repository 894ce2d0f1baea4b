import { useCallback, useMemo } from "react";
import { Spinner } from "../shared/Button";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { AdminProvider, type Admin } from "./admin";
import { AdminRest } from "./AdminRest";
import { hashOf, type Place, type View } from "./place";
import { KeyDetails } from "./KeyDetails";
import { KeysView } from "./KeysView";
import { PlansView } from "./PlansView";
import { PolicyView } from "./PolicyView";
import { Trouble } from "./Trouble";
import { useLoad } from "./useLoad";

const SECTION = (): string => `${pf("page")}__main-section pf-m-light`;

/** Everything of ours in the admin console; the place decides what of it is seen. */
export function AdminPage({ place }: { readonly place: Place }): JSX.Element {
  const { rest: base, t } = usePage();
  const rest = useMemo(() => new AdminRest(base), [base]);
  const owner = place.owner;
  const type = owner?.type;
  const id = owner?.id;
  const access = useLoad(useCallback(() => rest.access(id), [rest, id]));
  // A name is a comfort: without permission to read it the page says less and works all the same.
  const name = useLoad(useCallback(async () => type && id && rest.ownerName({ type, id }).catch(() => id), [rest, type, id]));
  const admin: Admin | undefined = access.data && {
    rest,
    place,
    access: access.data,
    ownerName: owner && (name.data || owner.id),
  };
  return (
    <>
      <section className={SECTION()}>
        {owner && <OwnerLink place={place} name={name.data || owner.id} />}
        <h1 className={pf("title", "2xl")} data-testid="page-heading" tabIndex={-1}>
          {owner ? t("apiKeysAdminTitleOf", { owner: name.data ?? "" }) : t("apiKeys")}
        </h1>
        <p className="ak-muted">{t("apiKeysAdminIntro")}</p>
        {admin && !owner && <ViewLinks admin={admin} />}
      </section>
      <section className={SECTION()}>
        <Trouble of={access} />
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

function CurrentView({ admin: { place, access } }: { readonly admin: Admin }): JSX.Element {
  const { t } = usePage();
  if (place.view !== "keys") {
    return place.view === "policy" ? <PolicyView /> : <PlansView />;
  }
  if (place.key) {
    return <KeyDetails key={place.key} id={place.key} />;
  }
  return access.viewKeys ? <KeysView key={place.owner?.id} /> : <p role="alert">{t("apiKeysAdminNoKeys")}</p>;
}

/** Links and not tabs: each view has an address of its own. */
function ViewLinks({ admin: { place, access } }: { readonly admin: Admin }): JSX.Element {
  const { t } = usePage();
  const views: readonly (readonly [View, string])[] = [
    ["keys", "apiKeysAdminKeys"],
    ...(access.viewPolicy ? ([["policy", "apiKeysAdminPolicy"], ["plans", "apiKeysAdminPlans"]] as const) : []),
  ];
  return (
    <nav className={`${pf("tabs")} ak-views`} aria-label={t("apiKeys")}>
      <ul className={`${pf("tabs")}__list`}>
        {views.map(([view, text]) => (
          <li key={view} className={`${pf("tabs")}__item${view === place.view ? " pf-m-current" : ""}`}>
            <a
              className={`${pf("tabs")}__link`}
              href={hashOf({ realm: place.realm, view })}
              aria-current={view === place.view ? "page" : undefined}
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
function OwnerLink({ place, name }: { readonly place: Place; readonly name: string }): JSX.Element {
  const { t } = usePage();
  const folder = place.owner?.type === "client" ? "clients" : "users";
  const id = encodeURIComponent(place.owner?.id ?? "");
  return (
    <p>
      <a href={`#/${encodeURIComponent(place.realm)}/${folder}/${id}/settings`}>{t("apiKeysAdminBackTo", { name })}</a>
    </p>
  );
}
