import { useId, useState } from "react";
import { Dialog } from "../shared/Dialog";
import { useStay } from "../shared/dom";
import { findDraft } from "../shared/draft";
import { subjectOf } from "../shared/host";
import type { IssuedKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { FormButtons } from "../shared/FormButtons";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useDraft } from "../shared/useDraft";
import { useTask } from "../shared/useTask";
import { useAdmin } from "./admin";
import type { NewKeyOfOwner, OwnerName } from "./documents";
import { KeyForm } from "./KeyForm";
import { documentOf, NEW_KEY, SHOWN, type Expiry, type KeyValues } from "./keyValues";
import { OwnerFields } from "./OwnerFields";
import type { Route } from "./route";
import { Reveal } from "./Reveal";

const EXPIRIES: readonly Expiry[] = ["default", "7", "30", "90", "365", "date", "never"];

interface Props {
  readonly onClose: (done: string | undefined) => void;
}

interface Typed {
  readonly owner: OwnerName;
  readonly key: KeyValues;
}

/** Creates a key for a user or a service account, and shows it. */
export function CreateKey({ onClose }: Props): JSX.Element {
  const { t } = usePage();
  const [issued, setIssued] = useState<IssuedKey>();
  return issued ? (
    <Reveal issued={issued} onClose={() => onClose(t("apiKeysAdminCreated", { name: issued.name }))} />
  ) : (
    <Form onClose={onClose} onIssued={setIssued} />
  );
}

/** Whether a login interrupted this dialog; that of another owner or realm is another dialog. */
export function wasLeft(subject: string | undefined, route: Route): boolean {
  return findDraft(subject)?.dialog === draftAt(route);
}

function Form({ onClose, onIssued }: Props & { readonly onIssued: (key: IssuedKey) => void }): JSX.Element {
  const { t, session } = usePage();
  const { rest, route, ownerName } = useAdmin();
  const form = useId();
  const task = useTask();
  const [typed, setTyped] = useState<Typed>(() => before(subjectOf(session), route) ?? NOTHING);
  const forget = useDraft(draftAt(route), { ...typed });
  useStay(task.busy);
  const close = (): void => {
    // What is under way may end in a key, which has to be shown.
    if (task.busy) {
      return;
    }
    forget();
    onClose(undefined);
  };
  const create = (): void =>
    task.run(async () => {
      const issued = await rest.create({ ...documentOf(typed.key, new Date()), owner: ownerAt(route, typed.owner) });
      forget();
      onIssued(issued);
    });
  return (
    <Dialog
      title={t(route.owner ? "apiKeysAdminCreateFor" : "apiKeysAdminCreate", { owner: ownerName ?? "" })}
      onEscape={close}
      wide
      footer={<FormButtons form={form} label={t("apiKeysAdminCreateAction")} busy={task.busy} onCancel={close} />}
    >
      <ProblemAlert problem={task.problem} shown={["owner", "owner.name", ...SHOWN]} />
      <KeyForm
        id={form}
        values={typed.key}
        expiries={EXPIRIES}
        problem={task.problem}
        fresh
        onChange={(change) => setTyped({ ...typed, key: { ...typed.key, ...change } })}
        onSubmit={create}
      >
        {!route.owner && <OwnerFields owner={typed.owner} problem={task.problem} onChange={(owner) => setTyped({ ...typed, owner })} />}
      </KeyForm>
    </Dialog>
  );
}

const NOTHING: Typed = { owner: { type: "user", name: "" }, key: NEW_KEY };

function draftAt({ realm, owner }: Route): string {
  return `admin-create ${realm} ${owner?.id ?? ""}`;
}

function before(subject: string | undefined, route: Route): Typed | undefined {
  const draft = findDraft(subject);
  return draft?.dialog === draftAt(route) ? (draft.values as unknown as Typed) : undefined;
}

/** The owner of the page, where it has one; else the typed one. */
function ownerAt({ owner }: Route, typed: OwnerName): NewKeyOfOwner["owner"] {
  return owner ? { type: owner.type === "client" ? "service-account" : "user", id: owner.id } : { ...typed, name: typed.name.trim() };
}
