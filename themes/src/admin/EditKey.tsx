import { useId, useState } from "react";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { KeyForm } from "./KeyForm";
import { documentOf, SHOWN, valuesOf, type Expiry } from "./keyValues";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useTask } from "../shared/useTask";

const EXPIRIES: readonly Expiry[] = ["same", "7", "30", "90", "365", "date", "never"];

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** Changes the settings of a key. */
export function EditKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const form = useId();
  const [values, setValues] = useState(() => valuesOf(apiKey));
  const task = useTask();
  const save = (): void =>
    task.run(async () => {
      const changed = await rest.change(apiKey.id, documentOf(values, new Date()));
      onClose(t("apiKeysAdminSaved", { name: changed.name }));
    });
  return (
    <Dialog
      title={t("apiKeysAdminEditTitle", { name: apiKey.name })}
      onEscape={() => onClose(undefined)}
      wide
      footer={
        <>
          <Button look="primary" type="submit" form={form} busy={task.busy}>
            {t("apiKeysSave")}
          </Button>
          <Button look="link" onClick={() => onClose(undefined)}>
            {t("apiKeysCancel")}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={task.problem} shown={SHOWN} />
      <KeyForm
        id={form}
        values={values}
        expiries={EXPIRIES}
        problem={task.problem}
        onChange={(change) => setValues((before) => ({ ...before, ...change }))}
        onSubmit={save}
      />
    </Dialog>
  );
}
