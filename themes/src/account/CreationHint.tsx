import type { TextKey } from "../generated/textKeys";
import { Alert } from "../shared/Alert";
import type { SelfServicePolicy } from "../shared/keys";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";

/** "2 of 3 keys". */
export function KeyCount({ terms }: { readonly terms: SelfServicePolicy }): JSX.Element {
  const { t, format } = usePage();
  return (
    <span className="ak-count" data-testid="key-count">
      {t("apiKeysCount", { keys: format.number(terms.keys), most: format.number(terms.maxKeys) })}
    </span>
  );
}

const REASONS: Readonly<Record<NonNullable<SelfServicePolicy["reason"]>, { readonly title: TextKey; readonly help: TextKey }>> = {
  "plan-required": { title: "apiKeysPlanTitle", help: "apiKeysPlanHelp" },
  "too-many-keys": { title: "apiKeysFullTitle", help: "apiKeysFullHelp" },
  "client-not-allowed": { title: "apiKeysClientTitle", help: "apiKeysClientHelp" },
  impersonated: { title: "apiKeysImpersonatedTitle", help: "apiKeysImpersonatedHelp" },
  forbidden: { title: "apiKeysClosedTitle", help: "apiKeysClosedHelp" },
};

/** Explains why no key can be created, with a link to plans. */
export function CreationHint({ terms }: { readonly terms: SelfServicePolicy }): JSX.Element | null {
  const { t } = usePage();
  if (terms.mayCreate || terms.reason === null) {
    return null;
  }
  const { title, help } = REASONS[terms.reason];
  const upgrade = (terms.reason === "plan-required" || terms.reason === "too-many-keys") && terms.upgradeUrl;
  return (
    <Alert
      severity="info"
      title={t(title)}
      actions={
        upgrade ? (
          <a className={pf("button", "link", "inline")} href={upgrade} data-testid="upgrade">
            {t("apiKeysUpgrade")}
          </a>
        ) : undefined
      }
    >
      <p>{t(help)}</p>
    </Alert>
  );
}
