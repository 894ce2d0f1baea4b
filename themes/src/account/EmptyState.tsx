import { Button } from "../shared/Button";
import { KeyShape } from "../shared/icons";
import type { SelfServicePolicy } from "../shared/keys";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { CreationHint } from "./CreationHint";

export function EmptyState({ terms, onCreate }: { readonly terms: SelfServicePolicy; readonly onCreate: () => void }): JSX.Element {
  const { t } = usePage();
  const block = pf("empty-state");
  return (
    <div className={block} data-testid="empty">
      <div className={`${block}__content`}>
        <div className={`${block}__icon ak-empty-icon`}>
          <KeyShape />
        </div>
        <h2 className={pf("title", "lg")}>{t("apiKeysEmptyTitle")}</h2>
        <div className={`${block}__body`}>{t("apiKeysEmptyHelp")}</div>
        <div className={`${block}__footer`}>
          {terms.mayCreate ? (
            <Button look="primary" onClick={onCreate} data-testid="create-key">
              {t("apiKeysCreate")}
            </Button>
          ) : (
            <CreationHint terms={terms} />
          )}
        </div>
      </div>
    </div>
  );
}
