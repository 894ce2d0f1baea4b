import { useCallback, useId, useState } from "react";
import { Spinner } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { KeyForm } from "./KeyForm";
import { changesOf, SHOWN, valuesOf, type Expiry } from "./keyValues";
import { FormButtons } from "../shared/FormButtons";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useTask, type Task } from "../shared/useTask";
import type { Tagged } from "../shared/rest";
import { ErrorState } from "./ErrorState";
import { useLoad } from "./useLoad";

const EXPIRIES: readonly Expiry[] = ["same", "7", "30", "90", "365", "date", "never"];

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** Changes the settings of a key, as they are when it is opened: the list may have been there for hours. */
export function EditKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const form = useId();
  const task = useTask();
  const read = useLoad(useCallback(() => rest.keyWithTag(apiKey.id), [rest, apiKey.id]));
  const close = (): void => {
    if (!task.busy) {
      onClose(undefined);
    }
  };
  return (
    <Dialog
      title={t("apiKeysAdminEditTitle", { name: apiKey.name })}
      onEscape={close}
      wide
      footer={<FormButtons form={form} label={t("apiKeysSave")} busy={task.busy} disabled={!read.data} onCancel={close} />}
    >
      <ErrorState of={read} />
      {!read.data && read.loading && <Spinner size="lg" label={t("apiKeysLoading")} />}
      {read.data && <Form id={form} read={read.data} task={task} onSaved={onClose} />}
    </Dialog>
  );
}

interface FormProps {
  readonly id: string;
  readonly read: Tagged<ApiKey>;
  readonly task: Task;
  readonly onSaved: Props["onClose"];
}

function Form({ id, read: { document: apiKey, tag }, task, onSaved }: FormProps): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const [values, setValues] = useState(() => valuesOf(apiKey));
  const save = (): void =>
    task.run(async () => {
      const changes = changesOf(values, apiKey, new Date());
      const changed = Object.keys(changes).length > 0 ? await rest.change(apiKey.id, changes, tag) : apiKey;
      onSaved(t("apiKeysAdminSaved", { name: changed.name }));
    });
  return (
    <>
      <ProblemAlert problem={task.problem} shown={SHOWN} />
      <KeyForm
        id={id}
        values={values}
        expiries={EXPIRIES}
        problem={task.problem}
        onChange={(change) => setValues((before) => ({ ...before, ...change }))}
        onSubmit={save}
      />
    </>
  );
}
