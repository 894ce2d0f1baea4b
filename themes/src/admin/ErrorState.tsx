import { Button } from "../shared/Button";
import { usePage } from "../shared/page";
import { ProblemAlert } from "../shared/ProblemAlert";
import type { Loaded } from "./useLoad";

/** Shows why loading failed, with a button to retry. */
export function ErrorState({ of }: { readonly of: Pick<Loaded<unknown>, "problem" | "reload"> }): JSX.Element {
  const { t } = usePage();
  return (
    <ProblemAlert problem={of.problem}>
      <Button look="link" onClick={of.reload}>
        {t("apiKeysRetry")}
      </Button>
    </ProblemAlert>
  );
}
