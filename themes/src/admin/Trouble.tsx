import { Button } from "../shared/Button";
import { usePage } from "../shared/page";
import { ProblemAlert } from "../shared/ProblemAlert";
import type { Loaded } from "./useLoad";

/** What went wrong when something was read, and the way to read it again. */
export function Trouble({ of }: { readonly of: Pick<Loaded<unknown>, "problem" | "reload"> }): JSX.Element {
  const { t } = usePage();
  return (
    <ProblemAlert problem={of.problem}>
      <Button look="link" onClick={of.reload}>
        {t("apiKeysRetry")}
      </Button>
    </ProblemAlert>
  );
}
